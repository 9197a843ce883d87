using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>There is a new channel, or one that can be seen from now on.</summary>
internal sealed record ChannelWasCreated(ChannelEntry Channel) : ServerEvent(Audience.Everyone, new EventPosition(Channel.Id, 0), new ChannelCreated(Channel));
