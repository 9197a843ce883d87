using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Fills the write queue with as much as each connection may have there, and keeps it full.</summary>
internal sealed class WaitingWrites(int at) : AskingAttack("writes", "200 connections with 512 waiting writes each", at)
{
    protected override int Window => 512;

    protected override int Connections(AttackSize size) => size.Of(200);

    protected override long Who(int index) => Account.FirstAttacker + (index % Account.Attackers);

    protected override void Ask(Attacker asker) => asker.Ask(new SetStatus(MemberStatus.Online, $"{asker.Asked} and counting"), ProtocolJson.Default.SetStatus);
}
