using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Others opened conversations with somebody, one each, who comes in again and again, and keeps each connection.</summary>
internal sealed class ManyConversations(int conversations, int accounts, int at)
    : RepeatingAttack($"conversations-{conversations}", $"somebody with whom {conversations:N0} others opened conversations logs in", Pause)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly LongHistogram _logIns = Latency.NewHistogram();
    private int _notIn;

    protected override int MostRounds => 100; // connections

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(accounts), Conversations = size.Of(conversations) };

    public override void Describe(Figures figures) => figures
        .AddLatency("login_popular", _logIns).Add("login_popular_tries", _logIns.TotalCount).Add("login_popular_not_in", _notIn);

    protected override async Task RepeatAsync(AttackRun run, int round, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var connection = await run.EnterAsync(Account.Popular, Loopback.Attacker(at), stop);
        _logIns.RecordTicks(Stopwatch.GetTimestamp() - begun);
        if (connection is null)
            _notIn++;
    }
}
