using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Testing;

/// <summary>What a server process left behind that ended by itself.</summary>
public sealed record FinishedProcess(int ExitCode, IReadOnlyList<string> OutputLines, IReadOnlyList<string> ErrorLines);

/// <summary>
/// The real server as a process of its own, in a folder of its own (which is also its working folder, so that its default paths lie there): the built
/// parley-server.dll, or the executable that PARLEY_SERVER names, so that the same tests hold a published build to the same.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly TempFolder? _ownFolder;
    private readonly string[] _args;
    private ChildProcess _process;

    private ServerProcess(ChildProcess process, string folder, TempFolder? ownFolder, string[] args)
    {
        _process = process;
        Folder = folder;
        _ownFolder = ownFolder;
        _args = args;
    }

    /// <summary>Where chat_data.db and certs/ are, unless the arguments say otherwise.</summary>
    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "chat_data.db");

    /// <summary>Where to connect to.</summary>
    public string Host { get; private set; } = "";

    public int Port { get; private set; }

    /// <summary>The SHA-256 of the certificate as the server printed it; null without TLS.</summary>
    public string? Fingerprint { get; private set; }

    public bool UsesTls => Fingerprint is not null;

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public IReadOnlyList<string> OutputLines => _process.OutputLines;

    public IReadOnlyList<string> ErrorLines => _process.ErrorLines;

    /// <summary>
    /// Starts a server in a new folder and waits until it listens. <c>--port 0</c> and <c>--bcrypt-cost 10</c> are added where the arguments name neither.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(params string[] args)
    {
        var folder = new TempFolder();
        try
        {
            return await StartAsync(folder.Path, folder, args);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The same in a folder that is there already, and that stays when the server goes.</summary>
    public static Task<ServerProcess> StartInAsync(string folder, params string[] args) => StartAsync(folder, null, args);

    /// <summary>The same with variables of the environment; null takes one away. A restart does without them.</summary>
    public static Task<ServerProcess> StartInAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] args) =>
        StartAsync(folder, null, args, environment);

    /// <summary>Runs the program to its end: for <c>cert</c>, and for starts that must fail.</summary>
    public static async Task<FinishedProcess> RunAsync(string folder, params string[] args)
    {
        await using var process = ChildProcess.Start(Program, args, folder);
        var exitCode = await process.WaitForExitAsync();
        return new FinishedProcess(exitCode, process.OutputLines, process.ErrorLines);
    }

    /// <summary>The end that an operator asks for (SIGTERM); returns the exit code.</summary>
    public Task<int> TerminateAsync() => SignalAsync(PosixSignalNumber.Terminate);

    /// <summary>The end without a word (SIGKILL).</summary>
    public Task<int> KillAsync() => SignalAsync(PosixSignalNumber.Kill);

    /// <summary>Sends a signal that does not end it.</summary>
    public void Signal(PosixSignalNumber signal) => _process.Signal(signal);

    public Task<int> SignalAsync(PosixSignalNumber signal)
    {
        _process.Signal(signal);
        return _process.WaitForExitAsync();
    }

    /// <summary>Ends the server by SIGTERM, unless it has ended, and starts it on the same data and the same port.</summary>
    /// <param name="moreArgs">Added to the first start's arguments.</param>
    public async Task RestartAsync(params string[] moreArgs)
    {
        if (!_process.HasExited)
            await TerminateAsync();
        await _process.DisposeAsync();
        _process = ChildProcess.Start(Program, Complete(Folder, [.. _args, .. moreArgs], Port), Folder);
        await WaitUntilListeningAsync();
    }

    /// <summary>The command line and all that the server said, for a failing test.</summary>
    public string Describe() => _process.Describe();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(
        string folder, TempFolder? ownFolder, string[] args, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await PostgresCluster.FillAsync(folder);
        var server = new ServerProcess(ChildProcess.Start(Program, Complete(folder, args, 0), folder, environment), folder, ownFolder, args);
        try
        {
            await server.WaitUntilListeningAsync();
            return server;
        }
        catch
        {
            await server._process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is started.</summary>
    public static string Program =>
        Environment.GetEnvironmentVariable("PARLEY_SERVER") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Repository.BuiltAssembly("Parley.Server", "parley-server.dll");

    // A port of its own; and passwords that are hashed at the lowest cost, or half of the tests' time would go into hashing.
    private static string[] Complete(string folder, string[] args, int port) =>
        [.. args, .. PostgresCluster.IsNamed && !args.Contains("--db") ? (string[])["--database", PostgresCluster.DatabaseOf(folder)] : [],
            .. Unless(args, "--port", port.ToString(CultureInfo.InvariantCulture)), .. Unless(args, "--bcrypt-cost", "10")];

    private static string[] Unless(string[] args, string option, string value) => args.Contains(option) ? [] : [option, value];

    private async Task WaitUntilListeningAsync()
    {
        var line = await _process.WaitForLineAsync(l => ListeningLine().IsMatch(l), "the line \"Listening on HOST:PORT (...)\"");
        var match = ListeningLine().Match(line);
        // An address that means "all of this machine's" is no address to connect to.
        Host = match.Groups["host"].Value switch { "0.0.0.0" => "127.0.0.1", "::" => "::1", var host => host };
        Port = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        Fingerprint = match.Groups["fingerprint"] is { Success: true } fingerprint ? fingerprint.Value : null;
    }

    [GeneratedRegex(@"^Listening on (\[(?<host>[^\]]+)\]|(?<host>[^:\s]+)):(?<port>\d+) \((no TLS|TLS, SHA-256 (?<fingerprint>[0-9A-Fa-f:]+))\)")]
    private static partial Regex ListeningLine();
}
