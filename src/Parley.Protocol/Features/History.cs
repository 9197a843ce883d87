using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary>
/// <c>history</c> (level 2): asks for a page of a channel's log. With <paramref name="After"/> the events above that number, oldest first (catching
/// up); with <paramref name="Before"/> the ones just below that number; with <paramref name="At"/> those from that time on, oldest first; with none of
/// them the latest. Answered by <see cref="HistoryPage"/>.
/// </summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="Before">Events below this number.</param>
/// <param name="After">Events above this number; 0 starts at the first.</param>
/// <param name="Limit">How many at the most, 1 to <see cref="MaxLimit"/>; <see cref="DefaultLimit"/> where absent.</param>
/// <param name="At">Events of this time or later; no events where nothing was said since. Two of before, after and at together are <see cref="ErrorCode.Invalid"/>.</param>
public sealed record ReadHistory(ChannelId? ChannelId, long? Before = null, long? After = null, int? Limit = null, DateTimeOffset? At = null) : Command("history")
{
    /// <summary>Events in a page where the asker names no limit.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Events in a page at the most: 100 of the longest messages stay within one frame.</summary>
    public const int MaxLimit = 100;

    /// <summary>
    /// The messages of the channel that something touched above this number, as they are now, by <see cref="ChannelEvent.Changed"/>, ascending. Not together with before,
    /// after or at.
    /// </summary>
    public long? ChangedAfter { get; init; }

    /// <summary>True: the limit counts messages, changes are left out, and the page says which numbers it <see cref="HistoryPage.Covers"/>.</summary>
    public bool? Rows { get; init; }
}

/// <summary><c>history</c>: a page of a channel's log.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="Events">By number, ascending, without a gap; with <see cref="ReadHistory.Rows"/> the messages alone, with <see cref="ReadHistory.ChangedAfter"/> by their last change.</param>
/// <param name="LastNumber">The number of the channel's latest event when the page was read.</param>
/// <param name="More">Whether there are further events in the direction that was asked for.</param>
public sealed record HistoryPage(ChannelId ChannelId, IReadOnlyList<ChannelEvent> Events, long LastNumber, bool More) : ServerMessage("history")
{
    /// <summary>The channel's number as of which the messages are told. Absent from a server whose messages do not change.</summary>
    public long? AsOf { get; init; }

    /// <summary>
    /// The numbers that the page accounts for; absent where there are none. With <see cref="ReadHistory.Rows"/>: between them there are no messages but those
    /// told here. With <see cref="ReadHistory.ChangedAfter"/>: no messages but these have their last change there.
    /// </summary>
    public CoveredNumbers? Covers { get; init; }
}

/// <summary>The numbers that a page accounts for, both ends included.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public sealed record CoveredNumbers(long First, long Last);
