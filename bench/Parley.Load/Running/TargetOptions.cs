using System.CommandLine;

namespace Parley.Load.Running;

/// <summary>Whether a server that is started keeps its limits.</summary>
internal enum ServerLimits
{
    Lifted,
    Kept,
}

/// <summary>The options that every command has: which server, and for how long at the most.</summary>
internal sealed class TargetOptions(ServerLimits limits = ServerLimits.Lifted)
{
    private readonly Option<string?> _target = new("--target") { Description = "HOST:PORT of a server on a loopback address, started with --no-limits." };
    private readonly Option<bool> _start = new("--start-server")
    {
        Description = "Build and start a server of its own, in a temporary folder, and end it afterwards.",
    };
    private readonly Option<string?> _program = new("--server") { Description = "The parley-server executable or .dll to start; implies --start-server." };
    private readonly Option<int?> _pid = new("--server-pid") { Description = "The process of --target, to read its CPU time and memory." };
    private readonly Option<bool> _tls = new("--tls") { Description = "Speak TLS." };
    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads that receive.", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount / 2),
    };
    private readonly Option<int> _timeout = new("--timeout") { Description = "Seconds after which the run is given up.", DefaultValueFactory = _ => 900 };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_target, _start, _program, _pid, _tls, _threads, _timeout])
            command.Options.Add(option);
    }

    // What else the machine was doing: figures from a busy one are worth less, and should say so.
    public static double? LoadAverage() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Runs the body against the server that the options name; prints its figures as one JSON line.</summary>
    /// <returns>The exit code: 0 where the body says that all is well.</returns>
    public async Task<int> RunAsync(ParseResult options, Func<Run, CancellationToken, Task<Figures>> body, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.GetValue(_timeout)));
        try
        {
            var tls = options.GetValue(_tls);
            var program = options.GetValue(_program);
            await using var server = options.GetValue(_start) || program is not null ? await ServerProcess.StartAsync(program, tls, limits, limit.Token) : null;
            var target = server?.EndPoint ?? Target.Parse(
                options.GetValue(_target) ?? throw new ArgumentException("Name a server by --target, or say --start-server."));
            using var run = new Run(target, tls, options.GetValue(_threads), server?.ProcessId ?? options.GetValue(_pid))
            {
                Operator = server is null ? null : server.OperateAsync,
            };
            var busy = LoadAverage();
            var figures = (await body(run, limit.Token)).Add("machine_load_before", busy);
            await Console.Out.WriteLineAsync(figures.ToJson());
            return figures.IsGood ? 0 : 1;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(cancel.IsCancellationRequested ? "Stopped." : $"Given up after {options.GetValue(_timeout)} s (--timeout).");
            return 1;
        }
        catch (Exception e)
            when (e is IOException or ArgumentException or InvalidOperationException or InvalidDataException or System.Net.Sockets.SocketException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
