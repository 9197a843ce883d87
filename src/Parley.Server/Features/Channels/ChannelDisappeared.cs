using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>A channel cannot be seen any more: by everybody, or by those whom the event is for.</summary>
/// <param name="Channel">The channel as it was.</param>
/// <param name="All">As in <see cref="ChannelWasRenamed"/>.</param>
internal sealed record ChannelDisappeared(ChannelEntry Channel, IReadOnlyList<ChannelEntry> All)
    : ServerEvent(Audience.OfViewers(Channel.Id), Message: new ChannelRemoved(Channel.Id));
