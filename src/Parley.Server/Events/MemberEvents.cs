using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Somebody chose a status. Who is here keeps it, and it is told with the next <see cref="MembersChanged"/>.</summary>
internal sealed record StatusChosen(UserId User, ChosenStatus Chosen) : FanOutChange;

/// <summary>A connection says whether anybody is at its device. Nothing of it is stored; it is told as <see cref="StatusChosen"/> is.</summary>
internal sealed record DeviceIdled(Receiver Receiver, bool IsIdle) : FanOutChange;

/// <summary>Somebody can be found in a channel now, by whatever connection.</summary>
internal sealed record MemberJoined(NamedChannel Channel, Identity Who) : ServerEvent(Audience.OfChannel(Channel.Id) with { Except = Who.Id });

/// <summary>Somebody cannot be found in a channel any more.</summary>
internal sealed record MemberLeft(NamedChannel Channel, Identity Who) : ServerEvent(Audience.OfChannel(Channel.Id) with { Except = Who.Id });

/// <summary>Somebody has their first connection, or has no connection any more.</summary>
internal sealed record MemberCameOrWent(UserId User, string Username, bool IsHere) : ServerEvent(Audience.Everyone with { Except = User });

/// <summary>What people are shown as now: of many at once, and not at each change.</summary>
internal sealed record MembersChanged(IReadOnlyList<MemberState> Members) : ServerEvent(Audience.Everyone, Message: new PresenceChanged(Members));
