using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>What can be done to a message that was said.</summary>
public enum ChangeKind
{
    /// <summary>Gives it other words.</summary>
    Edit,

    /// <summary>Takes it back.</summary>
    Delete,

    /// <summary>Reacts to it.</summary>
    AddReaction,

    /// <summary>Takes a reaction back.</summary>
    RemoveReaction,
}

/// <summary>A change of a message that was asked for and does not yet stand in the log.</summary>
/// <param name="Nonce">As in <see cref="OutboxEntry"/>.</param>
/// <param name="ChannelId">The message's room.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Text">The new words, the reason of a deletion, or the emoji.</param>
/// <param name="WrittenAt">When the person asked for it, by this computer's clock.</param>
/// <param name="Base">The last edit that the person knew; null where there was none.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Number">Its number in the log, once it is <see cref="PendingState.Acknowledged"/>.</param>
/// <param name="Failure">What to tell the person, once it is <see cref="PendingState.Failed"/>.</param>
public sealed record PendingChange(
    string Nonce,
    ChannelId ChannelId,
    MessageId MessageId,
    ChangeKind Kind,
    string Text,
    DateTimeOffset WrittenAt,
    long? Base = null,
    PendingState State = PendingState.Sending,
    long? Number = null,
    string? Failure = null) : OutboxEntry(Nonce, ChannelId, WrittenAt, State, Number, Failure);
