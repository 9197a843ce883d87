using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>No attack but time: a server with many accounts, to which people come back one after the other.</summary>
internal sealed class ManyAccounts(int accounts, int at)
    : RepeatingAttack($"accounts-{accounts}", $"{accounts:N0} accounts: start, and logins by token one after the other", Pause)
{
    private const int Least = 200;
    private const int Addresses = 20; // one of them may make so many connections a second
    private const long Step = 7_919; // a prime: neighbours do not come one after the other
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly LongHistogram _logIns = Latency.NewHistogram();
    private double _cpu;

    public override double Seconds => 8;

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(accounts, Least) };

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        var before = run.ServerUsage?.CpuSeconds ?? 0;
        await base.RunAsync(run, stop);
        _cpu = (run.ServerUsage?.CpuSeconds ?? 0) - before;
    }

    public override void Describe(Figures figures) => figures.AddLatency("login_one", _logIns).Add("login_one_count", _logIns.TotalCount)
        .Add("server_cpu_us_per_login", _cpu * 1e6 / Math.Max(1, _logIns.TotalCount));

    protected override async Task RepeatAsync(AttackRun run, int round, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var connection = await run.EnterAsync(
            Account.FirstOfCrowd + (round * Step % run.Size.Of(accounts, Least)), Loopback.Attacker(at + (round % Addresses)), stop);
        _logIns.RecordTicks(Stopwatch.GetTimestamp() - begun);
        connection?.End();
    }
}
