using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>private_message</c>: says something to one user. Level 1 gets the echo <see cref="PrivateMessage"/>, level 2 <see cref="Ack"/>.</summary>
/// <param name="To">The user's name, whatever its case.</param>
/// <param name="Content">What is said.</param>
/// <param name="Nonce">Level 2: as in <see cref="SayMessage"/>.</param>
public sealed record SayPrivately(string? To, string? Content, string? Nonce = null) : Command("private_message");

/// <summary>
/// <c>conversation_open</c> (level 2): the direct conversation with a user, made where there is none. Answered by <see cref="Done"/> with its id; a new one is
/// told to both by <see cref="ConversationOpened"/>.
/// </summary>
/// <param name="To">The user's name, whatever its case.</param>
public sealed record OpenConversation(string? To) : Command("conversation_open");

/// <summary>
/// <c>conversation_list</c> (level 2): the user's direct conversations, the ones that were made last first. Answered by <see cref="ConversationPage"/>.
/// </summary>
/// <param name="Cursor">From where on, as an earlier page or <see cref="ReadyMore"/> says; absent for the start.</param>
/// <param name="Limit">The most of a page: 1 to <see cref="ListPage.MaxLimit"/>, <see cref="ListPage.DefaultLimit"/> where absent.</param>
public sealed record ListConversations(string? Cursor = null, int? Limit = null) : Command("conversation_list");

/// <summary><c>conversation_list</c> (level 2): the answer to <see cref="ListConversations"/>.</summary>
/// <param name="Conversations">
/// Some conversations. An event is counted in the <see cref="ConversationState.LastNumber"/> told here or comes as an event.
/// </param>
/// <param name="Cursor">Where they go on; absent at the end.</param>
public sealed record ConversationPage(IReadOnlyList<ConversationState> Conversations, string? Cursor) : ServerMessage("conversation_list");

/// <summary><c>private_message</c> (level 1): to the receiver, and as an echo, with <paramref name="To"/>, to the sender.</summary>
/// <param name="From">The sender's name.</param>
/// <param name="To">In the echo the receiver as the sender wrote it; else absent.</param>
/// <param name="Content">What was said.</param>
/// <param name="Timestamp">When.</param>
public sealed record PrivateMessage(
    string From, string? To, string Content, DateTimeOffset Timestamp)
    : ServerMessage("private_message");

/// <summary><c>conversation_opened</c> (level 2): there is a new direct conversation; to its two people alone.</summary>
/// <param name="Conversation">As in <see cref="Ready"/>, each sees the other in <see cref="ConversationState.With"/>.</param>
public sealed record ConversationOpened(ConversationState Conversation) : ServerMessage("conversation_opened");

/// <summary>A direct conversation: a channel of two that only they can see.</summary>
/// <param name="Id">The conversation; it has a log like any channel.</param>
/// <param name="With">The other one (or oneself, in notes to oneself).</param>
/// <param name="LastNumber">The number of its latest event; 0 before the first.</param>
/// <param name="ReadNumber">How far the user has read.</param>
/// <param name="Unread">How many messages of the other came after that; counted up to <see cref="ReadState.MaxUnread"/>.</param>
/// <param name="Mentions">How many messages that mean the user came after that; counted likewise.</param>
/// <param name="LastMessageId">
/// Its latest message; before the first the latest message of the server when the conversation was made, or 0. The conversation with the highest is the latest.
/// </param>
public sealed record ConversationState(
    ChannelId Id, SelfState With, long LastNumber, long ReadNumber, int Unread, int Mentions = 0, MessageId LastMessageId = default);
