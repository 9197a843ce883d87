using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>Somebody has their first connection, or has no connection any more.</summary>
internal sealed record MemberCameOrWent(UserId User, string Username, bool IsHere) : ServerEvent(Audience.Everyone with { Except = User });
