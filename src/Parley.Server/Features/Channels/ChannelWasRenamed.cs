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
    : ServerEvent(Audience.OfViewers(Channel.Id), Message: new ChannelUpdated(Channel));
