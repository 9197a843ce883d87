using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>No attack but time: a server with many accounts, to which people come back one after the other.</summary>
internal sealed class ManyAccounts(int accounts, int at)
    : Attack($"accounts-{accounts}", $"{accounts:N0} accounts: start, and logins by token one after the other")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly LongHistogram _logIns = Latency.NewHistogram();
    private double _cpu;

    public override double Seconds => 8;

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(accounts, least: 200) };

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        var people = run.Size.Of(accounts, least: 200);
        var cpuBefore = run.ServerUsage?.CpuSeconds ?? 0;
        try
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                var connection = await run.EnterAsync(Account.FirstOfCrowd + (i * 7919L % people), Loopback.Attacker(at), stop);
                _logIns.RecordTicks(Stopwatch.GetTimestamp() - begun);
                connection?.End();
                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException)
        {
            _cpu = (run.ServerUsage?.CpuSeconds ?? 0) - cpuBefore;
        }
    }

    public override void Describe(Figures figures) => figures.AddLatency("login_one", _logIns).Add("login_one_count", _logIns.TotalCount)
        .Add("server_cpu_us_per_login", _cpu * 1e6 / Math.Max(1, _logIns.TotalCount));
}
