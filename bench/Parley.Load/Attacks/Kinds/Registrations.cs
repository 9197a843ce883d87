using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>One address makes accounts, all at once: each costs a hash, as a login does.</summary>
internal sealed class Registrations(int at) : HoldingAttack("registrations", "105 connections of one address register at once", 105, least: 2)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private int _next;

    public override double Seconds => 20;

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) => run.ConnectAsync(Loopback.Attacker(at), stop);

    protected override async Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        connection.Ask(new Hello(null, StoredData.ClientName), ProtocolJson.Default.Hello);
        connection.Ask(new Register($"r_{_run}_{Interlocked.Increment(ref _next)}", Account.Password), ProtocolJson.Default.Register);
        // Who was refused tries again, by another connection.
        if (!await connection.Entered.WaitAsync(stop))
            connection.End();
    }
}
