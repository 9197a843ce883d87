using System.Collections.Immutable;
using Parley.Client.Connection;
using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.Features.Rooms;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.State;

/// <summary>
/// All that a client knows of one server, at one moment, but for its people (<see cref="ChatClient.Members"/>). It is immutable: a part that did not change
/// is the same object as before, so a component finds out by reference whether it has to draw.
/// </summary>
public sealed record ChatState
{
    /// <summary>What is known before the first connection: nothing.</summary>
    public static ChatState Empty { get; } = new();

    /// <summary>How the client stands with its server.</summary>
    public ConnectionStatus Connection { get; init; } = new ConnectionStatus.Offline(OfflineReason.NotStarted);

    /// <summary>The identity of the server's data; null before the first login. Numbers and ids mean nothing in another epoch.</summary>
    public string? Epoch { get; init; }

    /// <summary>What the server is called; null where it has no name, or before it was said.</summary>
    public string? ServerName { get; init; }

    /// <summary>The account of the server's owner; null where it has none, or before it was said.</summary>
    public UserId? OwnerId { get; init; }

    /// <summary>Who is logged in; null before the first login.</summary>
    public SelfState? User { get; init; }

    /// <summary>Every public channel, by name.</summary>
    public ImmutableArray<Channel> Channels { get; init; } = [];

    /// <summary>The user's direct conversations, the latest first.</summary>
    public ImmutableArray<Conversation> Conversations { get; init; } = [];

    /// <summary>
    /// Rooms that were known before the connection and were not in a list since: a long list comes in pages. Those that are still here after the last page
    /// are gone.
    /// </summary>
    internal ImmutableHashSet<ChannelId> Unconfirmed { get; init; } = [];

    /// <summary>What is held of each log; one entry for every room.</summary>
    public ImmutableDictionary<ChannelId, RoomLog> Logs { get; init; } = ImmutableDictionary<ChannelId, RoomLog>.Empty;

    /// <summary>How far the user has read; one entry for every room.</summary>
    public ImmutableDictionary<ChannelId, ReadPosition> ReadPositions { get; init; } = ImmutableDictionary<ChannelId, ReadPosition>.Empty;

    /// <summary>
    /// What the user says and changes, and what does not stand in a log yet, in the order in which it was written; an entry only where there is any.
    /// </summary>
    public ImmutableDictionary<ChannelId, ImmutableArray<OutboxEntry>> Outbox { get; init; } =
        ImmutableDictionary<ChannelId, ImmutableArray<OutboxEntry>>.Empty;

    /// <summary>Every room, as they stand in <see cref="Channels"/> and <see cref="Conversations"/>.</summary>
    public IEnumerable<Room> Rooms => [.. Channels, .. Conversations];

    /// <summary>The room with this id; null where there is none.</summary>
    public Room? RoomOf(ChannelId id)
    {
        foreach (var channel in Channels)
        {
            if (channel.Id == id)
                return channel;
        }

        foreach (var conversation in Conversations)
        {
            if (conversation.Id == id)
                return conversation;
        }

        return null;
    }

    /// <summary>The log of a room; an empty one where it is not known.</summary>
    public RoomLog LogOf(ChannelId id) => Logs.GetValueOrDefault(id, RoomLog.Empty);

    /// <summary>The read position in a room.</summary>
    public ReadPosition ReadPositionOf(ChannelId id) => ReadPositions.GetValueOrDefault(id, ReadPosition.None);

    /// <summary>What is on its way in a room: messages and changes.</summary>
    public ImmutableArray<OutboxEntry> OutboxOf(ChannelId id) => Outbox.GetValueOrDefault(id, []);

    /// <summary>
    /// The user's messages in a room that do not stand in its log yet. Each time another array: what asks whether anything changed asks
    /// <see cref="OutboxOf"/>.
    /// </summary>
    public ImmutableArray<PendingMessage> PendingOf(ChannelId id) => [.. OutboxOf(id).OfType<PendingMessage>()];
}
