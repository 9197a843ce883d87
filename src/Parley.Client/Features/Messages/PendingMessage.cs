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

/// <summary>How far a message of one's own has come that does not yet stand in the log.</summary>
public enum PendingState
{
    /// <summary>On its way, or waiting for the connection.</summary>
    Sending,

    /// <summary>Acknowledged: it is on the server's disk. Its event is about to arrive and to take its place.</summary>
    Said,

    /// <summary>Refused by the server for good; the person may try again or delete it.</summary>
    Failed,
}

/// <summary>A message of one's own that does not yet stand in the log; shown below the log, in the order in which it was written.</summary>
/// <param name="Nonce">The client's own unique mark, which makes sending it again harmless; also the key to try again and to delete.</param>
/// <param name="ChannelId">The channel or conversation.</param>
/// <param name="Kind">Message or action.</param>
/// <param name="Content">What is said, as the server will keep it.</param>
/// <param name="WrittenAt">When the person sent it, by this computer's clock.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Number">Its number in the log, once it is <see cref="PendingState.Said"/>.</param>
/// <param name="Failure">What to tell the person, once it is <see cref="PendingState.Failed"/>.</param>
public sealed record PendingMessage(
    string Nonce,
    ChannelId ChannelId,
    MessageKind Kind,
    string Content,
    DateTimeOffset WrittenAt,
    PendingState State = PendingState.Sending,
    long? Number = null,
    string? Failure = null);
