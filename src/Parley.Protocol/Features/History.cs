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
}

/// <summary><c>history</c>: a page of a channel's log.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="Events">By number, ascending, without a gap.</param>
/// <param name="LastNumber">The number of the channel's latest event when the page was read.</param>
/// <param name="More">Whether there are further events in the direction that was asked for.</param>
public sealed record HistoryPage(ChannelId ChannelId, IReadOnlyList<ChannelEvent> Events, long LastNumber, bool More) : ServerMessage("history");
