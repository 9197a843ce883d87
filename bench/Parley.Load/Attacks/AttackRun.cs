using System.Net;
using System.Net.Sockets;
using Parley.Load.Running;
using Parley.Load.Wire;

namespace Parley.Load.Attacks;

/// <summary>What an attack works with: connections from any loopback address, opened, held and paced. Everything ends with the attack.</summary>
internal sealed class AttackRun(Run run, AttackSize size)
{
    private static readonly TimeSpan EnterPatience = TimeSpan.FromSeconds(10);

    public AttackSize Size => size;

    public bool Tls => run.Tls;

    public ProcessUsage? ServerUsage => run.ServerUsage;

    public AttackTally Tally { get; } = new();

    public AttackRun ForAnother() => new(run, size);

    /// <summary>A connection; null where the server does not take it.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="prepare">Sets the socket up.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="plain">Without TLS, whatever the server speaks.</param>
    public async Task<Attacker?> ConnectAsync(IPAddress from, CancellationToken cancel, Action<Socket>? prepare = null, bool plain = false)
    {
        try
        {
            var connection = await run.ConnectAsync(
                socket =>
                {
                    prepare?.Invoke(socket);
                    return new Attacker(socket, Tally);
                },
                cancel,
                from,
                plain);
            Tally.AddConnection();
            return connection;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>A connection whose answers are read, to see what the attack left.</summary>
    public Task<ParleyConnection> OpenAsync(IPAddress from, CancellationToken cancel) => run.ConnectAsync(socket => new ParleyConnection(socket), cancel, from);

    /// <summary>A connection that is logged in; null where the server does not let it in within ten seconds.</summary>
    public async Task<Attacker?> EnterAsync(long account, IPAddress from, CancellationToken cancel, Action<Socket>? prepare = null)
    {
        if (await ConnectAsync(from, cancel, prepare) is not { } connection)
            return null;
        connection.ComeBack(account);
        if (await Task.WhenAny(connection.Entered, Task.Delay(EnterPatience, cancel)) == connection.Entered && await connection.Entered)
            return connection;
        cancel.ThrowIfCancellationRequested();
        connection.End();
        return null;
    }

    /// <summary>Many that log in, some at a time, until a time is over.</summary>
    /// <returns>Those who were let in.</returns>
    public async Task<List<Attacker>> EnterAsync(int count, Func<int, (long Account, IPAddress From)> who, TimeSpan most, CancellationToken cancel)
    {
        const int atOnce = 32;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(most);
        var entered = new System.Collections.Concurrent.ConcurrentQueue<Attacker>();
        try
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = limit.Token }, async (i, stop) =>
            {
                var (account, from) = who(i);
                if (await EnterAsync(account, from, stop) is { } connection)
                    entered.Enqueue(connection);
            });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // So many came in, and that is what is told.
        }

        return [.. entered];
    }

    /// <summary>Waits until the attack ends.</summary>
    public static async Task UntilAsync(CancellationToken stop) =>
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
