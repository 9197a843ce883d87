using System.Diagnostics;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>So many are online that the names of all do not fit a frame: those who come after them are what counts.</summary>
internal sealed class ManyOnline(int online, int accounts, int conversations)
    : Attack($"online-of-{accounts}", $"{online:N0} people are online of {accounts:N0}, one has {conversations:N0} conversations; others come")
{
    private static readonly TimeSpan MostEntering = TimeSpan.FromSeconds(75);
    private readonly ManyConversations _popular = new(conversations, accounts, at: 0);
    private List<Attacker> _crowd = [];
    private double _seconds;

    public override DataPlan Data(AttackSize size) => _popular.Data(size);

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        _crowd = await Crowd.EnterAsync(run, run.Size.Of(online), MostEntering, cancel);
        _seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    public override Task RunAsync(AttackRun run, CancellationToken stop) => _popular.RunAsync(run, stop);

    public override void Describe(Figures figures)
    {
        figures.Add("online", _crowd.Count).Add("entering_s", _seconds);
        _popular.Describe(figures);
    }
}
