using System.Diagnostics;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Everybody comes at once, as after a restart; whoever is sent away comes again.</summary>
internal sealed class Arrivals(int people) : Attack("arrivals", $"{people:N0} people come back by token at once")
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(2); // clients wait before they come again
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private int _people;
    private int _in;
    private double _seconds;

    public override double Seconds => 25;

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(people) };

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        _people = run.Size.Of(people);
        var begun = Stopwatch.GetTimestamp();
        await AttackRun.HoldAsync(
            _people,
            i => run.ConnectAsync(Loopback.Crowd(i / Loopback.MostConnections), stop),
            async (connection, i) =>
            {
                connection.ComeBack(Account.FirstOfCrowd + i);
                if (await Task.WhenAny(connection.Entered, Task.Delay(Patience, stop)) != connection.Entered || !await connection.Entered)
                    connection.End();
                else if (Interlocked.Increment(ref _in) == _people)
                    _seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            },
            stop,
            Breath);
    }

    public override void Describe(Figures figures)
    {
        figures.Add("arrived", _in).Add("of", _people);
        if (_seconds > 0)
            figures.Add("all_arrived_s", _seconds);
    }
}
