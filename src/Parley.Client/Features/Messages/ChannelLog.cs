using System.Collections.Immutable;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What this client holds of one channel's numbered log. It may lack parts (older history, what was said while it was away), and always knows which:
/// <see cref="Runs"/> are without a gap inside, and what lies between, before and after them is missing.
/// </summary>
/// <param name="LastNumber">The number of the channel's latest event on the server, as far as is known; 0 before the first.</param>
/// <param name="Runs">What is held, by number, ascending; two runs never touch, or they would be one.</param>
public sealed record ChannelLog(long LastNumber, ImmutableArray<LogRun> Runs)
{
    /// <summary>The log of a channel in which nothing was said and nothing is held.</summary>
    public static ChannelLog Empty { get; } = new(0, []);

    /// <summary>How many events are held: "18,204 of 18,204" is <see cref="HeldCount"/> of <see cref="LastNumber"/>.</summary>
    public long HeldCount => Runs.Sum(run => (long)run.Events.Count);

    /// <summary>Whether every event up to the latest is held.</summary>
    public bool IsWhole => HeldCount == LastNumber;

    /// <summary>The run that reaches to the latest event; null where the latest is not held (load it with <see cref="ChatClient.LoadLatestAsync"/>).</summary>
    public LogRun? LatestRun => Runs is [.., var run] && run.Last == LastNumber ? run : null;

    /// <summary>The run that holds this number, or null where it is missing.</summary>
    public LogRun? RunOf(long number) => Runs.FirstOrDefault(run => run.Contains(number));
}
