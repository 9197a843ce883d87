using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary>
/// <c>message</c>: says something in a channel or conversation. Level 1 names it by <paramref name="Channel"/> (default: the current one) and gets the
/// message itself as its answer; level 2 names it by <paramref name="ChannelId"/> or by <paramref name="Channel"/> and gets <see cref="Ack"/>.
/// </summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Content">What is said: not blank, at most 2,000 characters.</param>
/// <param name="ChannelId">Level 2: the channel or conversation.</param>
/// <param name="Nonce">Level 2: the client's own unique mark of this message, 1 to 64 printable ASCII characters. The same nonce again is answered with the first one's acknowledgement.</param>
public sealed record SayMessage(string? Channel, string? Content, ChannelId? ChannelId = null, string? Nonce = null) : Command("message");

/// <summary><c>action</c>: the same as <see cref="SayMessage"/>, said as "/me".</summary>
/// <inheritdoc cref="SayMessage"/>
public sealed record SayAction(string? Channel, string? Content, ChannelId? ChannelId = null, string? Nonce = null) : Command("action");

/// <summary><c>message</c> (level 1): a message in the current channel.</summary>
public sealed record MessageSaid(string Channel, string Sender, string Content, DateTimeOffset Timestamp, MessageId Id) : ServerMessage("message");

/// <summary><c>action</c> (level 1): an action in the current channel.</summary>
public sealed record ActionSaid(string Channel, string Sender, string Content, DateTimeOffset Timestamp) : ServerMessage("action");

/// <summary>A message in <see cref="ChannelJoined"/>.</summary>
public sealed record HistoryEntry(string Sender, string Content, DateTimeOffset Timestamp, string MsgType, MessageId Id);

/// <summary><c>ack</c> (level 2): a message is on disk.</summary>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="Number">Its number in that channel's log.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Timestamp">When it was said.</param>
/// <param name="Nonce">The nonce that it was sent with.</param>
public sealed record Ack(
    ChannelId ChannelId, long Number, MessageId MessageId, DateTimeOffset Timestamp, string? Nonce)
    : ServerMessage("ack");

/// <summary>The kinds of events in a channel's log. A client counts the number of a kind that it does not know and shows nothing.</summary>
public static class EventKind
{
    /// <summary>A message was said.</summary>
    public const string Message = "message";

    /// <summary>An action ("/me") was said.</summary>
    public const string Action = "action";
}

/// <summary>One entry of a channel's log: live in <see cref="EventPushed"/>, later in <see cref="HistoryPage"/>, the same in both.</summary>
/// <param name="Number">Its place in the channel's log: 1, 2, 3, without a gap.</param>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="MessageId">The message that it is about.</param>
/// <param name="AuthorId">Who did it.</param>
/// <param name="Author">That person's name.</param>
/// <param name="Content">What the message says now.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Mentions">Who is meant by <c>@name</c> (<see cref="Text.Mentions"/>): others than the author, who may see the channel; absent where nobody is.</param>
public sealed record ChannelEvent(
    long Number, string Kind, MessageId MessageId, UserId AuthorId, string Author, string Content, DateTimeOffset Timestamp, UserIds? Mentions = null);

/// <summary><c>event</c> (level 2): the next entry of a channel's log; the same bytes for everyone who may see the channel, the author included.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="Event">The entry.</param>
/// <param name="Nonce">The nonce that the message was sent with, so that its author's client knows it again; absent without one.</param>
public sealed record EventPushed(
    ChannelId ChannelId, ChannelEvent Event, string? Nonce)
    : ServerMessage("event");
