using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>How a message is said.</summary>
public enum MessageKind
{
    /// <summary>An ordinary message.</summary>
    Message,

    /// <summary>An action, said as "/me".</summary>
    Action,
}

/// <summary>A message of one's own that does not yet stand in the log; shown below the log, in the order in which it was written.</summary>
/// <param name="Nonce">As in <see cref="OutboxEntry"/>.</param>
/// <param name="ChannelId">The room.</param>
/// <param name="Kind">Message or action.</param>
/// <param name="Content">Its content, as the server will store it.</param>
/// <param name="WrittenAt">When the person sent it, by this computer's clock.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Number">Its number in the log, once it is <see cref="PendingState.Acknowledged"/>.</param>
/// <param name="Failure">What to tell the person, once it is <see cref="PendingState.Failed"/>.</param>
public sealed record PendingMessage(
    string Nonce,
    ChannelId ChannelId,
    MessageKind Kind,
    string Content,
    DateTimeOffset WrittenAt,
    PendingState State = PendingState.Sending,
    long? Number = null,
    string? Failure = null) : OutboxEntry(Nonce, ChannelId, WrittenAt, State, Number, Failure)
{
    /// <summary>What it answers; null where it answers nothing.</summary>
    public MessageId? ReplyTo { get; init; }
}
