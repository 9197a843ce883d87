using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>A channel has another name.</summary>
/// <param name="Channel">The channel as it is now.</param>
/// <param name="Latest">The latest of what was said there, for dialects that join it by its new name.</param>
/// <param name="All">
/// All channels but those that are hidden, as they are now, for dialects that tell nothing but all of them: to each those that they see.
/// </param>
internal sealed record ChannelWasRenamed(ChannelEntry Channel, IReadOnlyList<ChannelEvent> Latest, IReadOnlyList<ChannelEntry> All)
    : ServerEvent(Audience.OfSeers(Channel.Id), Message: new ChannelUpdated(Channel));

/// <summary>A channel is out of sight: for everybody, or for those who see it no more.</summary>
/// <param name="Channel">The channel as it was.</param>
/// <param name="All">As in <see cref="ChannelWasRenamed"/>.</param>
internal sealed record ChannelWasHidden(ChannelEntry Channel, IReadOnlyList<ChannelEntry> All)
    : ServerEvent(Audience.OfSeers(Channel.Id), Message: new ChannelRemoved(Channel.Id));
