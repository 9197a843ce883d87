using System.Collections.Immutable;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What this client holds of one room's numbered log. It may lack parts (older history, what was said while it was away), and always knows which.
/// What is in <see cref="Runs"/> is in memory; what is <see cref="Held"/> besides is in the local mirror, and comes into memory when somebody pages there.
/// </summary>
/// <param name="LastNumber">The number of the room's latest event on the server, as far as is known; 0 before the first.</param>
/// <param name="Runs">What is in memory, by number, ascending, each run without a gap inside; two runs never touch, or they would be one.</param>
public sealed record RoomLog(long LastNumber, ImmutableArray<LogRun> Runs)
{
    /// <summary>The log of a room in which nothing was said and nothing is held.</summary>
    public static RoomLog Empty { get; } = new(0, []);

    /// <summary>The messages of <see cref="Runs"/> by id, and as quotes those that they answer.</summary>
    public ImmutableDictionary<MessageId, Message> Messages { get; init; } = ImmutableDictionary<MessageId, Message>.Empty;

    /// <summary>The numbers that are held on this machine, in memory or in the mirror, ascending; what lies between the ranges is missing.</summary>
    public ImmutableArray<NumberRange> Held { get; init; } = [.. Runs.Select(run => new NumberRange(run.First, run.Last))];

    /// <summary>
    /// All that is held says what it said at this number, or was changed after it. Where nothing was missed, it is the latest event; else asking what was
    /// changed after it brings all that is out of date.
    /// </summary>
    public long AsOf { get; init; }

    /// <summary>Whether changes were missed: what is held may have other words by now. What comes live comes all the same.</summary>
    public bool IsBehind { get; init; }

    /// <summary>How many numbers are held: "18,204 of 18,204" is <see cref="HeldCount"/> of <see cref="LastNumber"/>.</summary>
    public long HeldCount => Held.Sum(range => range.Count);

    /// <summary>Whether every event up to the latest is held.</summary>
    public bool IsWhole => HeldCount == LastNumber;

    /// <summary>Whether the latest event is held: nothing was missed since, whatever older history lacks.</summary>
    public bool IsUpToDate => LastNumber == 0 || (Held is [.., var range] && range.Last == LastNumber);

    /// <summary>
    /// The run that reaches to the latest event; null where the latest is not in memory (load it with <see cref="ChatClient.LoadLatestAsync"/>).
    /// </summary>
    public LogRun? LatestRun => Runs is [.., var run] && run.Last == LastNumber ? run : null;

    /// <summary>What has a higher number was heard live, as it happened; what has a lower one came by pages, or may have.</summary>
    public long LiveFrom => Changes.Floor;

    /// <summary>What makes pages true that are on their way.</summary>
    internal RecentChanges Changes { get; init; } = RecentChanges.None;

    /// <summary>What a catch-up has brought so far; null where there is none, or too much to be kept.</summary>
    internal GatheredRows? Gathered { get; init; }

    /// <summary>Moves with every change of a message that is held: what was read from the mirror before is read again.</summary>
    internal long Revision { get; init; }

    /// <summary>How many messages are in memory.</summary>
    internal int InMemory
    {
        get
        {
            var count = 0;
            foreach (var run in Runs)
                count += run.Rows.Count;
            return count;
        }
    }

    /// <summary>The run that has this number in memory, or null.</summary>
    public LogRun? RunOf(long number) => Runs.FirstOrDefault(run => run.Contains(number));

    /// <summary>The message in a row.</summary>
    public Message this[LogRow row] => Messages[row.Id];

    /// <summary>The message at a number; null where none is in memory there.</summary>
    public Message? At(long number) => RunOf(number)?.RowsIn(number, number).Select(row => this[row]).FirstOrDefault();

    /// <summary>The messages of a run between two numbers, both included, those that were deleted, too.</summary>
    public IEnumerable<Message> MessagesIn(LogRun run, long first, long last) => run.RowsIn(first, last).Select(row => this[row]);

    /// <summary>The number of the message so many rows older than a number, as far as its run reaches.</summary>
    internal long NumberOlderBy(long number, int rows)
    {
        if ((RunOf(number) ?? RunOf(number - 1)) is not { } run)
            return number;
        var index = run.IndexFrom(number) - rows;
        return index < 0 ? run.First : index < run.Rows.Count ? Math.Min(run.Rows[index].Number, number) : number;
    }

    /// <summary>The number of the message so many rows newer than a number, as far as its run reaches.</summary>
    internal long NumberNewerBy(long number, int rows)
    {
        if (RunOf(number) is not { } run)
            return number;
        var index = run.IndexFrom(number + 1) + rows - 1;
        return index >= run.Rows.Count ? run.Last : index < 0 ? number : Math.Max(run.Rows[index].Number, number);
    }

    /// <summary>All messages in memory, by number.</summary>
    public IEnumerable<Message> InOrder => Runs.SelectMany(run => run.Rows).Select(row => this[row]);
}

/// <summary>
/// What was said since the end of what was held, as a catch-up brings it: in the order of changes, so that it stands nowhere before it is whole.
/// </summary>
/// <param name="From">The number that the log was held to.</param>
/// <param name="Most">More than so many are not kept.</param>
/// <param name="Messages">What came so far, with what it quotes.</param>
internal sealed record GatheredRows(long From, int Most, ImmutableDictionary<MessageId, Message> Messages);
