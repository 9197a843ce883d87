using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>One address makes accounts, all at once: each costs a hash, as a login does.</summary>
internal sealed class Registrations(int at) : Attack("registrations", "105 connections of one address register at once")
{
    private const int Connections = 105;
    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private int _next;

    public override double Seconds => 20;

    public override Task RunAsync(AttackRun run, CancellationToken stop) => AttackRun.HoldAsync(
        run.Size.Of(Connections, least: 2),
        _ => run.ConnectAsync(Loopback.Attacker(at), stop),
        async (connection, _) =>
        {
            connection.Ask(new Hello(null, StoredData.ClientName), ProtocolJson.Default.Hello);
            connection.Ask(new Register($"r_{_run}_{Interlocked.Increment(ref _next)}", Account.Password), ProtocolJson.Default.Register);
            // Who was refused tries again, by another connection.
            if (!await connection.Entered.WaitAsync(stop))
                connection.End();
        },
        stop);
}
