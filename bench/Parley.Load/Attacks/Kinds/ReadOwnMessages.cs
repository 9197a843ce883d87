using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Moves a read position on, message by message, below all that its owner wrote: what is unread is to be counted each time.</summary>
internal sealed class ReadOwnMessages(int at) : Attack("read", "4 connections say 'read' of a conversation with 200,000 messages of their own")
{
    private const int Connections = 4;
    private const int Window = 900;
    private List<Attacker> _attackers = [];
    private long _number;

    public override DataPlan Data(AttackSize size) => new() { OwnMessages = size.Of(200_000) };

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel) =>
        _attackers = await run.EnterAsync(Connections, i => (Account.FirstAttacker, Loopback.Attacker(at)), TimeSpan.FromSeconds(10), cancel);

    public override Task RunAsync(AttackRun run, CancellationToken stop) => AttackRun.AskAsync(
        _attackers, Window, a => a.Ask(new MarkRead(StoredData.OwnConversation, Interlocked.Increment(ref _number)), ProtocolJson.Default.MarkRead), stop);
}
