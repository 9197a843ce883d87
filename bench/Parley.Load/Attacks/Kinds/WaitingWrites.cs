using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Fills the write queue with as much as each connection may have there, and keeps it full.</summary>
internal sealed class WaitingWrites(int at) : Attack("writes", "200 connections with 512 waiting writes each")
{
    private const int Connections = 200;
    private const int Window = 512;
    private List<Attacker> _attackers = [];

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel) => _attackers = await run.EnterAsync(
        run.Size.Of(Connections), i => (Account.FirstAttacker + (i % Account.Attackers), Loopback.Attacker(at)), TimeSpan.FromSeconds(30), cancel);

    public override Task RunAsync(AttackRun run, CancellationToken stop) => AttackRun.AskAsync(
        _attackers, Window, a => a.Ask(new SetStatus(MemberStatus.Online, $"{a.Asked} and counting"), ProtocolJson.Default.SetStatus), stop);

    public override void Describe(Figures figures) => figures.Add("askers", _attackers.Count);
}
