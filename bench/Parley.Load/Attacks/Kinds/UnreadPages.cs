using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks for the longest pages of history there are, and does not take them.</summary>
internal sealed class UnreadPages(int at) : HoldingAttack("pages", "195 connections ask for pages of 800 KB and do not read", 195)
{
    private const int Pages = 50;
    private const int BufferBytes = 4_096;

    public override DataPlan Data(AttackSize size) => new() { LongMessages = 200 };

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) => run.EnterAsync(
        Account.FirstAttacker + (index % Account.Attackers), Loopback.Attacker(at), stop, socket => socket.ReceiveBufferSize = BufferBytes);

    protected override Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        connection.StopReading();
        for (var page = 0; page < Pages; page++)
            connection.Ask(new ReadHistory(StoredData.LongChannel, Limit: ReadHistory.MaxLimit), ProtocolJson.Default.ReadHistory);
        return Task.CompletedTask;
    }
}
