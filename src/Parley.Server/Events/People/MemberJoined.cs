namespace Parley.Server.Events.People;

/// <summary>Somebody can be found in a channel now, by whatever connection.</summary>
internal sealed record MemberJoined(NamedChannel Channel, Identity Who) : ServerEvent(Audience.OfChannel(Channel.Id) with { Except = Who.Id });
