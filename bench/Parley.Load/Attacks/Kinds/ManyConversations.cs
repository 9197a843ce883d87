using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Others opened conversations with somebody, one each, who comes in again and again, and keeps each connection.</summary>
internal sealed class ManyConversations(int conversations, int accounts, int at)
    : Attack($"conversations-{conversations}", $"somebody with whom {conversations:N0} others opened conversations logs in")
{
    private const int MostConnections = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly LongHistogram _logIns = Latency.NewHistogram();
    private int _notIn;

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(accounts), Conversations = size.Of(conversations) };

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        try
        {
            for (var i = 0; i < MostConnections; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                var connection = await run.EnterAsync(Account.Popular, Loopback.Attacker(at), stop);
                _logIns.RecordTicks(Stopwatch.GetTimestamp() - begun);
                if (connection is null)
                    _notIn++;
                await Task.Delay(Pause, stop);
            }

            await AttackRun.UntilAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    public override void Describe(Figures figures) => figures
        .AddLatency("login_popular", _logIns).Add("login_popular_tries", _logIns.TotalCount).Add("login_popular_not_in", _notIn);
}
