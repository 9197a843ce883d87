using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>A channel can be seen from now on: it is new, shown again, public again, or its audience was let in.</summary>
/// <param name="Channel">The channel; where it appears for one member alone, with what that one has read of it.</param>
internal sealed record ChannelAppeared(ChannelEntry Channel)
    : ServerEvent(Audience.OfViewers(Channel.Id), new EventPosition(Channel.Id, 0), new ChannelCreated(Channel));
