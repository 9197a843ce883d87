using Parley.Protocol.Features;

namespace Parley.Server.Events.People;

/// <summary>The present statuses of members whose status changed, many at a time.</summary>
internal sealed record MembersChanged(IReadOnlyList<MemberState> Members) : ServerEvent(Audience.Everyone, Message: new PresenceChanged(Members));
