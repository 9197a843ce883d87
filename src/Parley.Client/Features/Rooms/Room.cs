using Parley.Protocol.Wire;

namespace Parley.Client.Features.Rooms;

/// <summary>Where something is said: a channel or a conversation. It has a log, a read position and an outbox, by its id.</summary>
/// <param name="Id">The room; all kinds of rooms have their ids from one space.</param>
public abstract record Room(ChannelId Id);
