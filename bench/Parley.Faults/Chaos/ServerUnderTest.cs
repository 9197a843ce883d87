using System.Diagnostics;
using System.Globalization;

namespace Parley.Faults.Chaos;

/// <summary>The server: started, killed without a word, stopped, and started again on the same data.</summary>
internal sealed class ServerUnderTest(string program, string folder, IReadOnlyDictionary<string, string> environment, FaultProxy? proxy) : IAsyncDisposable
{
    private const string ListeningPrefix = "Listening on ";
    private readonly Lock _log = new();
    private Process? _process;
    private bool _isExpectedToEnd;

    public string DatabasePath => Path.Combine(folder, "faults.db");

    /// <summary>Its standard error, of all its lives.</summary>
    public string LogPath { get; init; } = Path.Combine(folder, "server.log");

    /// <summary>A program that runs the server under its eyes, with its arguments (strace).</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    public int Port { get; private set; }

    /// <summary>How often it ended by itself.</summary>
    public int CrashCount { get; private set; }

    /// <summary>Starts it, again and again where the disk or the lock is not free yet, until it listens.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await TryStartAsync(limit.Token))
            await Task.Delay(200, limit.Token);
        proxy?.ServerPort = Port;
    }

    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _isExpectedToEnd = true;
        proxy?.ServerPort = 0;
        process.Kill(entireProcessTree: Wrapper.Count > 0);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        _process = null;
    }

    public void Signal(int signal)
    {
        if (_process is { HasExited: false } process)
            Signals.Send(process.Id, signal);
    }

    /// <summary>Starts it again where it ended by itself, which it never should.</summary>
    public async Task ReviveAsync(CancellationToken cancel)
    {
        if (_process is not { HasExited: true })
            return;
        CrashCount++;
        _process.Dispose();
        _process = null;
        await StartAsync(cancel);
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> TryStartAsync(CancellationToken cancel)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        string[] words = [.. Wrapper, .. isAssembly ? new[] { "dotnet", program } : [program], "--port", "0", "--db", DatabasePath, "--no-tls", "--no-limits"];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _isExpectedToEnd = false;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginErrorReadLine();
        _process = process;
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(ListeningPrefix, StringComparison.Ordinal))
                continue;
            var address = line[ListeningPrefix.Length..].Split(' ')[0];
            Port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // nobody reads the rest, and nobody may wait for that
            return true;
        }

        process.Dispose();
        _process = null;
        return false;
    }

    private void Keep(string? line)
    {
        if (line is null || _isExpectedToEnd)
            return;
        lock (_log)
            File.AppendAllText(LogPath, line + "\n");
    }
}
