using System.Diagnostics;
using System.Net;

namespace Parley.Load.Running;

/// <summary>A server of our own: a fresh folder, a free port; gone, with its folder, when the run is over.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string ListeningPrefix = "Listening on ";
    private readonly string _program;
    private readonly Process _process;
    private readonly string _folder;

    private readonly bool _isOwnFolder;

    private ServerProcess(string program, Process process, string folder, bool isOwnFolder, IPEndPoint endPoint)
    {
        _program = program;
        _process = process;
        _folder = folder;
        _isOwnFolder = isOwnFolder;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    public int ProcessId => _process.Id;

    public string DatabasePath => Path.Combine(_folder, "load.db");

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="program">A parley-server executable or its .dll; null builds the one of this checkout.</param>
    /// <param name="tls">Whether the server speaks TLS.</param>
    /// <param name="limits">Whether it keeps its limits.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="data">Where its data lie and stay; null takes a temporary folder.</param>
    public static async Task<ServerProcess> StartAsync(string? program, bool tls, ServerLimits limits, CancellationToken cancel, string? data = null)
    {
        program ??= await BuildAsync(cancel);
        var folder = data ?? Directory.CreateTempSubdirectory("parley-load-").FullName;
        string[] lifted = limits == ServerLimits.Lifted ? ["--no-limits"] : [];
        string[] plain = tls ? [] : ["--no-tls"];
        string[] arguments = ["--port", "0", "--db", "load.db", .. lifted, .. plain];
        var process = Start(program, folder, arguments);
        try
        {
            return new ServerProcess(program, process, folder, data is null, await WaitUntilItListensAsync(process, cancel));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Carries out a command of the operator's.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task OperateAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        using var process = Start(_program, _folder, [.. command, "--db", "load.db"]);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {output}{errors}");
    }

    /// <summary>Asks the server to end and waits until it has; its folder stays until it is disposed of.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        const int terminate = 15; // SIGTERM
        _ = Wire.Libc.Signal(_process.Id, terminate);
        await _process.WaitForExitAsync(cancel);
    }

    /// <summary>Ends the server at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_isOwnFolder)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Builds the server of this checkout.</summary>
    public static async Task<string> BuildAsync(CancellationToken cancel)
    {
        var project = Path.Combine(SourceTree.FindRoot(), "src", "Parley.Server");
        await Console.Error.WriteLineAsync("Building the server ...");
        var start = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "--nologo"]) { RedirectStandardOutput = true };
        using var build = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = await build.StandardOutput.ReadToEndAsync(cancel);
        await build.WaitForExitAsync(cancel);
        return build.ExitCode == 0
            ? Path.Combine(project, "bin", "Release", "net10.0", "parley-server.dll")
            : throw new InvalidOperationException($"The server does not build:\n{output}");
    }

    private static Process Start(string program, string folder, IEnumerable<string> arguments)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : Path.GetFullPath(program))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isAssembly)
            start.ArgumentList.Add(Path.GetFullPath(program));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static async Task<IPEndPoint> WaitUntilItListensAsync(Process process, CancellationToken cancel)
    {
        var errors = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, e) => Keep(errors, e.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(ListeningPrefix, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // nobody reads the rest, and nobody may wait for that
            return Target.Parse(line[ListeningPrefix.Length..].Split(' ')[0]);
        }

        throw new InvalidOperationException($"The server ended before it listened: {string.Join(' ', errors)}");
    }

    private static void Keep(System.Collections.Concurrent.ConcurrentQueue<string> errors, string? line)
    {
        if (line is not null && errors.Count < 20)
            errors.Enqueue(line);
    }
}
