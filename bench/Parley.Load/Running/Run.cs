using System.Net;
using HdrHistogram;
using Parley.Load.Wire;

namespace Parley.Load.Running;

/// <summary>One run: the server, the loops that receive, and a histogram for each of them.</summary>
internal sealed class Run : IDisposable
{
    private readonly ReceiveLoop[] _loops;
    private int _next;

    public Run(IPEndPoint server, bool tls, int threads, int? serverProcessId)
    {
        Server = server;
        Tls = tls;
        ServerUsage = serverProcessId is { } id ? new ProcessUsage(id) : null;
        _loops = [.. Enumerable.Range(0, Math.Max(1, threads)).Select(i => new ReceiveLoop(i))];
        Latencies = [.. _loops.Select(_ => Latency.NewHistogram())];
    }

    public IPEndPoint Server { get; }

    public bool Tls { get; }

    /// <summary>What the server's process uses; null where it is not known which process that is.</summary>
    public ProcessUsage? ServerUsage { get; }

    /// <summary>Carries out a command of the operator's; null where the server is not ours.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task>? Operator { get; init; }

    /// <summary>One for each loop, recorded into by its thread alone.</summary>
    public LongHistogram[] Latencies { get; }

    /// <summary>
    /// Opens a connection, from the named address where there is one (and in plain TCP where that is asked for), and gives it to the next loop.
    /// </summary>
    public async Task<T> ConnectAsync<T>(Func<System.Net.Sockets.Socket, T> make, CancellationToken cancel, IPAddress? from = null, bool plain = false)
        where T : Connection
    {
        var connection = make(Connection.Open(Server, from));
        var loop = _loops[(uint)Interlocked.Increment(ref _next) % (uint)_loops.Length];
        await connection.AttachAsync(loop, Tls && !plain ? TlsContext.OfClients : null, cancel);
        return connection;
    }

    /// <summary>Carries out a command of the operator's (<c>parley-server COMMAND</c>).</summary>
    /// <exception cref="ArgumentException">The server is not ours.</exception>
    public Task OperateAsync(IReadOnlyList<string> command, CancellationToken cancel) =>
        Operator?.Invoke(command, cancel) ?? throw new ArgumentException("This is measured on a server that is started by it: say --start-server or --server.");

    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
