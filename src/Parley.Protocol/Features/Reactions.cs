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

/// <summary>How many people reacted to a message with one emoji.</summary>
/// <param name="Emoji">The emoji.</param>
/// <param name="Count">How many; never 0.</param>
/// <param name="Me">Whether the one who asks is among them. It depends on who asks, so it stands in answers alone.</param>
public sealed record ReactionCount(string Emoji, int Count, bool Me);
