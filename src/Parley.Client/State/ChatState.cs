using System.Collections.Immutable;
using Parley.Client.Connection;
using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.State;

/// <summary>
/// All that a client knows of one server, at one moment. It is immutable: a part that did not change is the same object as before, so a view finds out
/// by reference whether it has to draw.
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
    /// The people of this server, by name, whatever its case. On a large one not all of them: those who are here first, up to <see cref="ChatClientOptions.MembersInMemory"/>,
    /// and whoever was asked for.
    /// </summary>
    public ImmutableArray<Member> Members { get; init; } = [];

    /// <summary>Where the list of members goes on; null where all of them are in <see cref="Members"/>.</summary>
    public string? MoreMembers { get; init; }

    /// <summary>
    /// Channels and conversations that were known before the connection and have not been told of since: a long list comes in pages. What is here still at the end of its
    /// list is gone.
    /// </summary>
    internal ImmutableHashSet<ChannelId> NotToldYet { get; init; } = [];

    /// <summary>What is held of each log; one entry for every channel and conversation.</summary>
    public ImmutableDictionary<ChannelId, ChannelLog> Logs { get; init; } = ImmutableDictionary<ChannelId, ChannelLog>.Empty;

    /// <summary>How far the user has read; one entry for every channel and conversation.</summary>
    public ImmutableDictionary<ChannelId, ReadPosition> ReadPositions { get; init; } = ImmutableDictionary<ChannelId, ReadPosition>.Empty;

    /// <summary>The user's messages that do not stand in a log yet, in the order in which they were written; an entry only where there are any.</summary>
    public ImmutableDictionary<ChannelId, ImmutableArray<PendingMessage>> Pending { get; init; } =
        ImmutableDictionary<ChannelId, ImmutableArray<PendingMessage>>.Empty;

    /// <summary>The log of a channel or conversation; an empty one where it is not known.</summary>
    public ChannelLog LogOf(ChannelId id) => Logs.GetValueOrDefault(id, ChannelLog.Empty);

    /// <summary>The read position in a channel or conversation.</summary>
    public ReadPosition ReadPositionOf(ChannelId id) => ReadPositions.GetValueOrDefault(id, ReadPosition.None);

    /// <summary>The user's messages in a channel or conversation that do not stand in its log yet.</summary>
    public ImmutableArray<PendingMessage> PendingOf(ChannelId id) => Pending.GetValueOrDefault(id, []);

    /// <summary>Who has this name, however it is capitalized; null where nobody has.</summary>
    public Member? MemberNamed(string username) => Members.FirstOrDefault(member => string.Equals(member.Username, username, StringComparison.OrdinalIgnoreCase));
}
