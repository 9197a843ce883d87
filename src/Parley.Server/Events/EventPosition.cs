using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Where an event stands. A channel's creation is its log's number zero: a snapshot that knows the channel includes it.</summary>
internal readonly record struct EventPosition(ChannelId Channel, long Number);
