using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Moves a read position on, message by message, below all that its owner wrote: what is unread is to be counted each time.</summary>
internal sealed class ReadOwnMessages(int at) : AskingAttack("read", "4 connections say 'read' of a conversation with 200,000 messages of their own", at)
{
    private long _number;

    public override DataPlan Data(AttackSize size) => new() { OwnMessages = size.Of(200_000) };

    protected override int Connections(AttackSize size) => 4;

    protected override long Who(int index) => Account.FirstAttacker;

    protected override void Ask(Attacker asker) =>
        asker.Ask(new MarkRead(StoredData.OwnConversation, Interlocked.Increment(ref _number)), ProtocolJson.Default.MarkRead);
}
