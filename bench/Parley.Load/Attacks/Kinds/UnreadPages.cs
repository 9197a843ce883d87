using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks for the longest pages of history there are, and does not take them.</summary>
internal sealed class UnreadPages(int at) : Attack("pages", "195 connections ask for pages of 800 KB and do not read")
{
    private const int Connections = 195;
    private const int Pages = 50;
    private const int BufferBytes = 4_096;

    public override DataPlan Data(AttackSize size) => new() { LongMessages = 200 };

    public override Task RunAsync(AttackRun run, CancellationToken stop) => AttackRun.HoldAsync(
        run.Size.Of(Connections),
        i => run.EnterAsync(Account.FirstAttacker + (i % Account.Attackers), Loopback.Attacker(at), stop, socket => socket.ReceiveBufferSize = BufferBytes),
        (connection, _) =>
        {
            connection.StopReading();
            for (var page = 0; page < Pages; page++)
                connection.Ask(new ReadHistory(StoredData.LongChannel, Limit: ReadHistory.MaxLimit), ProtocolJson.Default.ReadHistory);
            return Task.CompletedTask;
        },
        stop);
}
