namespace Parley.Server.Events.People;

/// <summary>Somebody cannot be found in a channel any more.</summary>
internal sealed record MemberLeft(NamedChannel Channel, Identity Who) : ServerEvent(Audience.OfChannel(Channel.Id) with { Except = Who.Id });
