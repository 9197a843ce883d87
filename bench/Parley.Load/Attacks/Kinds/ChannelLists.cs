using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks for all channels, again and again, where there are as many as there may be.</summary>
internal sealed class ChannelLists(int at) : AskingAttack("channel-list", "4 connections ask for 'channel_list' of 498 channels", at)
{
    private const int Channels = 496; // and two that are always there

    public override DataPlan Data(AttackSize size) => new() { Channels = size.Of(Channels) };

    protected override int Connections(AttackSize size) => 4;

    protected override long Who(int index) => Account.FirstAttacker + index;

    protected override void Ask(Attacker asker) => asker.Ask(new ListChannels(), ProtocolJson.Default.ListChannels);
}
