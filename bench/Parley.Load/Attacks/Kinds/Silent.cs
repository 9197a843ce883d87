using Parley.Load.Attacks.Bases;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Connections that say nothing.</summary>
internal sealed class Silent(int at) : HoldingAttack("silent", "150 connections say nothing", 150)
{
    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) => run.ConnectAsync(Loopback.Attacker(at), stop);
}
