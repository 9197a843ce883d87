using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary>
/// <c>read</c> (level 2): the user has read up to a number. It never goes back. Answered by <see cref="Done"/>; the user's connections get <see
/// cref="ReadMoved"/> where it moved.
/// </summary>
/// <param name="ChannelId">The channel or conversation.</param>
/// <param name="Number">The number of the last event read; one above the latest counts as the latest.</param>
public sealed record MarkRead(ChannelId? ChannelId, long? Number) : Command("read");

/// <summary><c>read</c> (level 2): the user's read position moved; to all of the user's connections.</summary>
/// <param name="ChannelId">The channel or conversation.</param>
/// <param name="Number">The number of the last event read.</param>
/// <param name="Unread">How many messages of others came after that.</param>
/// <param name="Mentions">How many messages that mean the user came after that.</param>
public sealed record ReadMoved(ChannelId ChannelId, long Number, int Unread, int Mentions = 0) : ServerMessage("read");

/// <summary>What counts as unread.</summary>
public static class ReadState
{
    /// <summary>Unread messages, and mentions, are counted up to this many; that many means "this many or more".</summary>
    public const int MaxUnread = 1_000;
}
