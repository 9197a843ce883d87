namespace Parley.Server.Events;

/// <summary>
/// A change of what the fan-out knows. Nobody is told of it directly: the fan-out applies it, in order with the events, and tells what follows from it by
/// events.
/// </summary>
internal abstract record FanOutChange() : ServerEvent(Audience.Nobody);
