using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary>
/// <c>message</c>: says something in a channel or conversation. Level 1 names it by <paramref name="Channel"/> (default: the current one) and gets the
/// message itself as its answer; level 2 names it by <paramref name="ChannelId"/> or by <paramref name="Channel"/> and gets <see cref="Ack"/>.
/// </summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Content">What is said: not blank, at most 2,000 characters.</param>
/// <param name="ChannelId">Level 2: the channel or conversation.</param>
/// <param name="Nonce">Level 2: a unique id that the client gives this message, 1 to 64 printable ASCII characters. The same nonce again is answered with the first one's acknowledgement.</param>
public sealed record SayMessage(string? Channel, string? Content, ChannelId? ChannelId = null, string? Nonce = null) : Command("message")
{
    /// <summary>Level 2: the message that this one answers, of the same channel or conversation; absent where it answers none.</summary>
    public MessageId? ReplyTo { get; init; }
}

/// <summary><c>action</c>: the same as <see cref="SayMessage"/>, said as "/me".</summary>
/// <inheritdoc cref="SayMessage"/>
public sealed record SayAction(string? Channel, string? Content, ChannelId? ChannelId = null, string? Nonce = null) : Command("action")
{
    /// <summary>Level 2: as in <see cref="SayMessage"/>.</summary>
    public MessageId? ReplyTo { get; init; }
}

/// <summary>
/// <c>message_edit</c> (level 2): gives a message other words. Answered by <see cref="Done"/> with the place of its event, which is an <see cref="EventKind.Edit"/>.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="Content">What it says from now on; by the rules of <see cref="SayMessage"/>.</param>
/// <param name="Base">The number of the last edit that the author of this one knew; absent where there was none, or nobody cares. Where it was edited since: <see cref="ErrorCode.Conflict"/>.</param>
/// <param name="Nonce">A unique id that the client gives this change: sent again, it is answered with the first one's answer and does nothing.</param>
public sealed record EditMessage(MessageId? MessageId, string? Content, long? Base = null, string? Nonce = null) : Command("message_edit");

/// <summary>
/// <c>message_delete</c> (level 2): takes a message back; its words are gone, its place stays. Answered by <see cref="Done"/> with the place of its event, which is an
/// <see cref="EventKind.Delete"/>.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="Reason">Why, where it is somebody else's; absent or empty for none.</param>
/// <param name="Nonce">As in <see cref="EditMessage"/>.</param>
public sealed record DeleteMessage(MessageId? MessageId, string? Reason = null, string? Nonce = null) : Command("message_delete");

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

    /// <summary>A message got other words.</summary>
    public const string Edit = "edit";

    /// <summary>A message was taken back.</summary>
    public const string Delete = "delete";

    /// <summary>Somebody reacted to a message.</summary>
    public const string ReactionAdd = "reaction_add";

    /// <summary>Somebody took a reaction back.</summary>
    public const string ReactionRemove = "reaction_remove";

    /// <summary>Whether an event of this kind says something, and does not change what was said.</summary>
    public static bool IsSaid(string kind) => kind is Message or Action;

    /// <summary>Whether an event of this kind changes what was said.</summary>
    public static bool IsChange(string kind) => kind is Edit or Delete or ReactionAdd or ReactionRemove;
}

/// <summary>
/// One entry of a channel's log, live in <see cref="EventPushed"/>; and a message as it is now, in <see cref="HistoryPage"/>. A change of a message in
/// <see cref="HistoryPage"/> bears no words: what the message says now stands in the message.
/// </summary>
/// <param name="Number">Its place in the channel's log: 1, 2, 3, without a gap.</param>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="MessageId">The message that it is about.</param>
/// <param name="AuthorId">Who did it.</param>
/// <param name="Author">That person's name.</param>
/// <param name="Content">What the message says now; the new words of an edit; else empty.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Mentions">Who is meant by <c>@name</c> (<see cref="Text.Mentions"/>): others than the author, who may see the channel; absent where nobody is.</param>
public sealed record ChannelEvent(
    long Number, string Kind, MessageId MessageId, UserId AuthorId, string Author, string Content, DateTimeOffset Timestamp, UserIds? Mentions = null)
{
    /// <summary>A message: the number of the event that touched it last; absent where nothing did since it was said.</summary>
    public long? Changed { get; init; }

    /// <summary>A message: when it was edited last; absent where it never was.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>A message: the number of its last edit; absent where it was never edited.</summary>
    public long? Edited { get; init; }

    /// <summary>A message: true where it was taken back, and then its content is empty; else absent.</summary>
    public bool? Deleted { get; init; }

    /// <summary>A message: what it answers; absent where it answers nothing.</summary>
    public QuotedMessage? ReplyTo { get; init; }

    /// <summary>A message: how people reacted to it, by the order in which an emoji was used first; absent where nobody did.</summary>
    public IReadOnlyList<ReactionCount>? Reactions { get; init; }

    /// <summary>An edit: who of <see cref="Mentions"/> was not meant before; absent where nobody is new.</summary>
    public UserIds? NewMentions { get; init; }

    /// <summary>A reaction: with what.</summary>
    public string? Emoji { get; init; }
}

/// <summary>What a reply quotes.</summary>
/// <param name="MessageId">The message that is answered.</param>
/// <param name="Number">Its number.</param>
/// <param name="AuthorId">Who said it.</param>
/// <param name="Author">That person's name.</param>
/// <param name="Content">The first <see cref="MaxLength"/> characters of what it says now; empty where it was taken back.</param>
public sealed record QuotedMessage(MessageId MessageId, long Number, UserId AuthorId, string Author, string Content)
{
    /// <summary>How much of a message is quoted, in Unicode code points.</summary>
    public const int MaxLength = 100;

    /// <summary>True where it was taken back; else absent.</summary>
    public bool? Deleted { get; init; }
}

/// <summary><c>event</c> (level 2): the next entry of a channel's log; the same bytes for everyone who may see the channel, the author included.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="Event">The entry.</param>
/// <param name="Nonce">The nonce that the message was sent with, so that its author's client knows it again; absent without one.</param>
public sealed record EventPushed(
    ChannelId ChannelId, ChannelEvent Event, string? Nonce)
    : ServerMessage("event");
