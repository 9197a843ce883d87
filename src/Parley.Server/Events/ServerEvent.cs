using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>
/// Something that happened and was committed: data, and nothing else. It knows no receiver and no dialect; how it is told stands in the dialects' folders
/// (Doors/).
/// </summary>
/// <param name="Audience">Who may hear of it.</param>
/// <param name="Position">Its number in a log; null for what has none.</param>
/// <param name="Message">The protocol's own record of it, which level 2 says as it is; null where the protocol has none.</param>
internal abstract record ServerEvent(Audience Audience, EventPosition? Position = null, ServerMessage? Message = null);

/// <summary>
/// A change of what the fan-out knows. As it is it is told to nobody: the fan-out applies it in order with the events, and tells what follows from it by events.
/// </summary>
internal abstract record FanOutChange() : ServerEvent(Audience.Nobody);

/// <summary>Where an event stands. A channel's creation is its log's number zero: a snapshot that knows the channel counts it.</summary>
internal readonly record struct EventPosition(ChannelId Channel, long Number);
