using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary>
/// <c>reaction_add</c> (level 2): reacts to a message. Answered by <see cref="Done"/> with the place of its event, an <see cref="EventKind.ReactionAdd"/>; repeated it is
/// answered so, too, and nothing happens.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="Emoji">With what: one emoji.</param>
/// <param name="Nonce">As in <see cref="EditMessage"/>.</param>
public sealed record AddReaction(MessageId? MessageId, string? Emoji, string? Nonce = null) : Command("reaction_add");

/// <summary><c>reaction_remove</c> (level 2): takes one's own reaction back. Answered as <see cref="AddReaction"/> is, with an <see cref="EventKind.ReactionRemove"/>.</summary>
/// <inheritdoc cref="AddReaction"/>
public sealed record RemoveReaction(MessageId? MessageId, string? Emoji, string? Nonce = null) : Command("reaction_remove");

/// <summary>
/// <c>reaction_list</c> (level 2): who reacted to a message with one emoji. Answered by <see cref="ReactionUsers"/>. The only refusals are "not found" and of
/// the emoji.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="Emoji">With what.</param>
public sealed record ListReactions(MessageId? MessageId, string? Emoji) : Command("reaction_list");

/// <summary><c>reaction_list</c>: who reacted so.</summary>
/// <param name="Users">Whoever has been here longest first; the first 100, of as many as the message says.</param>
public sealed record ReactionUsers(IReadOnlyList<SelfState> Users) : ServerMessage("reaction_list");

/// <summary>How many people reacted to a message with one emoji.</summary>
/// <param name="Emoji">The emoji.</param>
/// <param name="Count">How many; never 0.</param>
/// <param name="Me">Whether the one who asks is among them. It depends on who asks, so it stands in answers alone.</param>
public sealed record ReactionCount(string Emoji, int Count, bool Me);
