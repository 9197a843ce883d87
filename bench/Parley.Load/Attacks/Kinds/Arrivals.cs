using System.Diagnostics;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Everybody comes at once, as after a restart; whoever is sent away comes again.</summary>
internal sealed class Arrivals(int people) : HoldingAttack("arrivals", $"{people:N0} people come back by token at once", people)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private int _people;
    private int _in;
    private long _begun;
    private double _seconds;

    public override double Seconds => 25;

    protected override TimeSpan Breath => TimeSpan.FromSeconds(2); // as clients wait before they come again

    public override DataPlan Data(AttackSize size) => new() { Crowd = Count(size) };

    public override Task RunAsync(AttackRun run, CancellationToken stop)
    {
        _people = Count(run.Size);
        _begun = Stopwatch.GetTimestamp();
        return base.RunAsync(run, stop);
    }

    public override void Describe(Figures figures)
    {
        figures.Add("arrived", _in).Add("of", _people);
        if (_seconds > 0)
            figures.Add("all_arrived_s", _seconds);
    }

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) =>
        run.ConnectAsync(Loopback.Crowd(index / Loopback.MostConnections), stop);

    protected override async Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        connection.ComeBack(Account.FirstOfCrowd + index);
        if (await Task.WhenAny(connection.Entered, Task.Delay(Patience, stop)) != connection.Entered || !await connection.Entered)
            connection.End();
        else if (Interlocked.Increment(ref _in) == _people)
            _seconds = Stopwatch.GetElapsedTime(_begun).TotalSeconds;
    }
}
