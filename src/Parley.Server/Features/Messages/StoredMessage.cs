using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;

namespace Parley.Server.Features.Messages;

/// <summary>A message that is to be changed, with its channel as the one who changes it sees that.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channel">Where it was said.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Content">What it says; empty where it was deleted.</param>
/// <param name="Changed">The number of the event that touched it last; null where nothing did.</param>
/// <param name="Edited">The number of its last edit; null where it was never edited.</param>
/// <param name="IsDeleted">Whether it was taken back.</param>
internal sealed record StoredMessage(
    MessageId Id, ChannelRow Channel, long Number, UserId Author, string Content, long? Changed, long? Edited, bool IsDeleted);
