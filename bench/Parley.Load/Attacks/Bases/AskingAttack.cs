using System.Diagnostics;
using System.Net;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Bases;

/// <summary>Connections that are logged in beforehand and ask on and on, with so many questions unanswered at the most.</summary>
/// <param name="name">Of the attack.</param>
/// <param name="about">What it does.</param>
/// <param name="at">The address that they come from.</param>
internal abstract class AskingAttack(string name, string about, int at) : Attack(name, about)
{
    // A little below the server's limits for the frames of a connection (200 a second, 1,000 at once): past them it would read less.
    private const double FramesPerSecond = 190;
    private const int FramesAtOnce = 900;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostEntering = TimeSpan.FromSeconds(30);
    private List<Attacker> _askers = [];

    protected virtual int Window => FramesAtOnce;

    /// <summary>What is to be asked and answered on each; then it is done.</summary>
    protected virtual long MostEach => long.MaxValue;

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel) =>
        _askers = await run.EnterAsync(Connections(run.Size), i => (Who(i), From), MostEntering, cancel);

    /// <summary>Each asks as often as the server takes frames from a connection, until the attack ends or all is answered.</summary>
    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            do
            {
                var most = Math.Min(MostEach, FramesAtOnce + (FramesPerSecond * Stopwatch.GetElapsedTime(begun).TotalSeconds));
                foreach (var asker in _askers)
                {
                    while (asker.IsOpen && asker.Asked < most && asker.Asked - asker.Answered < Window)
                        Ask(asker);
                }
            }
            while (_askers.Any(a => a.IsOpen && a.Answered < MostEach) && await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    public override void Describe(Figures figures) => figures.Add("askers", _askers.Count);

    protected abstract int Connections(AttackSize size);

    /// <summary>The account of a connection.</summary>
    protected abstract long Who(int index);

    protected abstract void Ask(Attacker asker);

    private IPAddress From => Loopback.Attacker(at);
}
