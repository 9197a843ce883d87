using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>A channel has another name.</summary>
/// <param name="Channel">The channel as it is now.</param>
/// <param name="Latest">The latest of what was said there, for dialects that join it by its new name.</param>
/// <param name="All">All public channels as they are now, for dialects that tell nothing but all of them.</param>
internal sealed record ChannelWasRenamed(ChannelEntry Channel, IReadOnlyList<ChannelEvent> Latest, IReadOnlyList<ChannelEntry> All)
    : ServerEvent(Audience.Everyone, Message: new ChannelUpdated(Channel));

/// <summary>A channel is out of sight.</summary>
/// <param name="Channel">The channel as it was.</param>
/// <param name="All">As in <see cref="ChannelWasRenamed"/>.</param>
internal sealed record ChannelWasHidden(ChannelEntry Channel, IReadOnlyList<ChannelEntry> All)
    : ServerEvent(Audience.Everyone, Message: new ChannelRemoved(Channel.Id));
