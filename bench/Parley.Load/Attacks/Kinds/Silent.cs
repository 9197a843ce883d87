namespace Parley.Load.Attacks.Kinds;

/// <summary>Connections that say nothing.</summary>
internal sealed class Silent(int at) : Attack("silent", "150 connections say nothing")
{
    private const int Connections = 150;

    public override Task RunAsync(AttackRun run, CancellationToken stop) =>
        AttackRun.HoldAsync(run.Size.Of(Connections), _ => run.ConnectAsync(Loopback.Attacker(at), stop), (_, _) => Task.CompletedTask, stop);
}
