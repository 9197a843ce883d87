using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks for all channels, again and again, where there are as many as there may be.</summary>
internal sealed class ChannelLists(int at) : Attack("channel-list", "4 connections ask for 'channel_list' of 498 channels")
{
    private const int Connections = 4;
    private const int Channels = 496; // and two that are always there
    private const int Window = 900;
    private List<Attacker> _attackers = [];

    public override DataPlan Data(AttackSize size) => new() { Channels = size.Of(Channels) };

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel) =>
        _attackers = await run.EnterAsync(Connections, i => (Account.FirstAttacker + i, Loopback.Attacker(at)), TimeSpan.FromSeconds(10), cancel);

    public override Task RunAsync(AttackRun run, CancellationToken stop) =>
        AttackRun.AskAsync(_attackers, Window, a => a.Ask(new ListChannels(), ProtocolJson.Default.ListChannels), stop);
}
