using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>There is a new channel, or one that can be seen from now on.</summary>
/// <param name="Channel">The channel; where it appears for one member alone, with what that one has read of it.</param>
internal sealed record ChannelWasCreated(ChannelEntry Channel)
    : ServerEvent(Audience.OfSeers(Channel.Id), new EventPosition(Channel.Id, 0), new ChannelCreated(Channel));
