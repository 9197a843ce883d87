using Parley.Protocol.Features;

namespace Parley.Server.Events.People;

/// <summary>What people are shown as now: of many at once, and not at each change.</summary>
internal sealed record MembersChanged(IReadOnlyList<MemberState> Members) : ServerEvent(Audience.Everyone, Message: new PresenceChanged(Members));
