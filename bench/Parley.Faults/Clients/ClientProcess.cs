using System.Diagnostics;
using System.Globalization;

namespace Parley.Faults.Clients;

/// <summary>A client in a process of its own, killed and started again at will; told by its standard input when to stop talking and what to wait for.</summary>
internal sealed class ClientProcess(string folder, string name, IEnumerable<string> others, int port, int seed) : IAsyncDisposable
{
    private Process? _process;
    private long? _everything;
    private bool _isTalking = true;

    public string Name => name;

    public void Start()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know where it is.");
        List<string> arguments =
        [
            "client", "--folder", folder, "--name", name, "--port", port.ToString(CultureInfo.InvariantCulture), "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var other in others)
            arguments.AddRange(["--other", other]);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments.Insert(0, Path.Combine(AppContext.BaseDirectory, "parley-faults.dll"));
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        if (!_isTalking)
            Tell("stop");
        if (_everything is { } last)
            Tell($"everything {last}");
    }

    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        _process = null;
    }

    /// <summary>It stops talking; completes when everything that it said is settled.</summary>
    public async Task<bool> DrainAsync(CancellationToken cancel)
    {
        _isTalking = false;
        Tell("stop");
        return _process is { } process && await process.StandardOutput.ReadLineAsync(cancel) == "drained";
    }

    /// <summary>Completes when it has seen everything; true where it says so itself.</summary>
    public async Task<bool> SeeEverythingAsync(long lastNumber, CancellationToken cancel)
    {
        _everything = lastNumber;
        Tell($"everything {lastNumber}");
        if (_process is not { } process)
            return false;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Tell(string word)
    {
        try
        {
            _process?.StandardInput.WriteLine(word);
        }
        catch (IOException)
        {
            // It is gone; its next life is told.
        }
    }
}
