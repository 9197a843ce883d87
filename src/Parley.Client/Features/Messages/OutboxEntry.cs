using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>How far something has come that the person wants to be said or changed, and that does not yet stand in the log.</summary>
public enum PendingState
{
    /// <summary>On its way, or waiting for the connection.</summary>
    Sending,

    /// <summary>Acknowledged: it is on the server's disk. Its event is about to arrive and to take its place.</summary>
    Acknowledged,

    /// <summary>Refused by the server for good; the person may try again or delete it.</summary>
    Failed,

    /// <summary>Not sent yet, so that the person can undo it; shown as if it were done.</summary>
    Held,
}

/// <summary>What waits to be said or changed in one room.</summary>
/// <param name="Nonce">The client's own unique mark, which makes sending it again harmless; also the key to try again and to delete.</param>
/// <param name="ChannelId">The room.</param>
/// <param name="WrittenAt">When the person asked for it, by this computer's clock.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Number">Its number in the log, once it is <see cref="PendingState.Acknowledged"/>.</param>
/// <param name="Failure">What to tell the person, once it is <see cref="PendingState.Failed"/>.</param>
public abstract record OutboxEntry(string Nonce, ChannelId ChannelId, DateTimeOffset WrittenAt, PendingState State, long? Number, string? Failure);
