using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>What is to be said in a channel: all of it but its number, which the log gives.</summary>
/// <param name="Channel">Where; a channel or conversation that is there, and in which the author may say something.</param>
/// <param name="Author">Who says it.</param>
/// <param name="Kind">Message or action.</param>
/// <param name="Content">The text.</param>
/// <param name="Nonce">The author's nonce: what was said with it before is not said again. Null for none.</param>
/// <param name="Mentions">Whom it means; null for nobody.</param>
/// <param name="At">When, in microseconds after the Unix epoch.</param>
internal sealed record Draft(ChannelId Channel, UserId Author, string Kind, string Content, string? Nonce, UserIds? Mentions, long At)
{
    /// <summary>The message that this one answers, of the same channel; null for none.</summary>
    public MessageId? ReplyTo { get; init; }
}
