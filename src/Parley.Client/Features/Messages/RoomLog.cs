using System.Collections.Immutable;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What this client holds of one room's numbered log. Parts may be missing (older history, events missed while offline), and <see cref="Held"/> says which.
/// What is in <see cref="Runs"/> is in memory; the rest of <see cref="Held"/> is in the local mirror, and is loaded when the user scrolls there.
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
    /// Held messages include every change up to this number. While <see cref="IsBehind"/> is false, it is the number of the latest event; otherwise a
    /// catch-up asks for what was changed after it.
    /// </summary>
    public long AsOf { get; init; }

    /// <summary>Whether changes after <see cref="AsOf"/> were missed, so that a catch-up (<c>SyncLoop</c>) is needed.</summary>
    public bool IsBehind { get; init; }

    /// <summary>How many numbers are held: "18,204 of 18,204" is <see cref="HeldCount"/> of <see cref="LastNumber"/>.</summary>
    public long HeldCount => Held.Sum(range => range.Count);

    /// <summary>Whether every event up to the latest is held.</summary>
    public bool IsWhole => HeldCount == LastNumber;

    /// <summary>Whether the latest event is held; older events may still be missing.</summary>
    public bool IsUpToDate => LastNumber == 0 || (Held is [.., var range] && range.Last == LastNumber);

    /// <summary>
    /// The run that reaches to the latest event; null where the latest is not in memory (load it with <see cref="ChatClient.LoadLatestAsync"/>).
    /// </summary>
    public LogRun? LatestRun => Runs is [.., var run] && run.Last == LastNumber ? run : null;

    /// <summary>Events with higher numbers arrived live, without a gap; those with lower ones may have come in pages.</summary>
    public long LiveFrom => Changes.Floor;

    /// <summary>Recent live changes. They are applied to pages that were requested before them and arrive after them.</summary>
    internal RecentChanges Changes { get; init; } = RecentChanges.None;

    /// <summary>The messages that the catch-up under way has brought so far; null where there is none, or where they are too many to collect.</summary>
    internal CatchUpRows? Collected { get; init; }

    /// <summary>Grows with every change of a held message. A mirror page that was read at an older revision is read again.</summary>
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
/// The messages after the end of what was held, collected while a catch-up is under way. Its pages come in the order of changes, not of numbers, so they are
/// put into the log together, when the last one has come.
/// </summary>
/// <param name="From">The number up to which the log was held.</param>
/// <param name="Most">The most messages to collect; beyond that the collection is dropped.</param>
/// <param name="Messages">The messages so far, with those that they quote.</param>
internal sealed record CatchUpRows(long From, int Most, ImmutableDictionary<MessageId, Message> Messages);
