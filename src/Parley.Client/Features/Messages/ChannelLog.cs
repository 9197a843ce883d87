using System.Collections.Immutable;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What this client holds of one channel's numbered log. It may lack parts (older history, what was said while it was away), and always knows which.
/// What is in <see cref="Runs"/> is in memory; what is <see cref="Held"/> besides is in the local mirror, and comes into memory when somebody pages there.
/// </summary>
/// <param name="LastNumber">The number of the channel's latest event on the server, as far as is known; 0 before the first.</param>
/// <param name="Runs">What is in memory, by number, ascending, each run without a gap inside; two runs never touch, or they would be one.</param>
public sealed record ChannelLog(long LastNumber, ImmutableArray<LogRun> Runs)
{
    /// <summary>The log of a channel in which nothing was said and nothing is held.</summary>
    public static ChannelLog Empty { get; } = new(0, []);

    /// <summary>The numbers that are held on this machine, in memory or in the mirror, ascending; what lies between the ranges is missing.</summary>
    public ImmutableArray<NumberRange> Held { get; init; } = [.. Runs.Select(run => new NumberRange(run.First, run.Last))];

    /// <summary>How many events are held: "18,204 of 18,204" is <see cref="HeldCount"/> of <see cref="LastNumber"/>.</summary>
    public long HeldCount => Held.Sum(range => range.Count);

    /// <summary>How many events are in memory.</summary>
    internal long InMemory
    {
        get
        {
            var count = 0L;
            foreach (var run in Runs)
                count += run.Events.Count;
            return count;
        }
    }

    /// <summary>Whether every event up to the latest is held.</summary>
    public bool IsWhole => HeldCount == LastNumber;

    /// <summary>Whether the latest event is held: nothing was missed since, whatever older history lacks.</summary>
    public bool IsUpToDate => LastNumber == 0 || (Held is [.., var range] && range.Last == LastNumber);

    /// <summary>The run that reaches to the latest event; null where the latest is not in memory (load it with <see cref="ChatClient.LoadLatestAsync"/>).</summary>
    public LogRun? LatestRun => Runs is [.., var run] && run.Last == LastNumber ? run : null;

    /// <summary>The run that has this number in memory, or null.</summary>
    public LogRun? RunOf(long number) => Runs.FirstOrDefault(run => run.Contains(number));
}
