using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;
using Parley.Server.Features.ReadState;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// How a connection that has logged in comes among the others: subscribe and keep what comes, read the snapshot, say it, then say what came meanwhile and is not in
/// it. So the snapshot and the live stream are one step: no event falls between them, none comes twice. (A snapshot may hold what is committed and not yet
/// told; that is waited for, or it would be told again.)
/// </summary>
internal sealed class Arrival(ServerParts parts, SessionConnections sessions)
{
    // The rest waits for the next login.
    private const int MostWaitingMessages = 500;

    // Written behind the arrival and not as a part of it: where that fails the messages are handed over again, and the login stands.
    private readonly ConversationDelivery _delivery = new(parts.WriteQueue);

    /// <summary>The last word to a connection whose session was ended by the person.</summary>
    public static Closing LoggedOut { get; } = new(CloseReason.LoggedOut, "You are logged out.", ReconnectAdvice.Never);

    public static Outcome Refused(string error, RequestRef? reference) =>
        Outcome.Answer(new AuthResult(false, null, null, error) { Ref = reference }, ProtocolJson.Default.AuthResult);

    /// <summary>A refusal that a client can do something about: the code is a word of level 2.</summary>
    public static Outcome Refused(Connection connection, AdmissionRefusal refusal, RequestRef? reference) => Outcome.Answer(
        new AuthResult(false, null, null, refusal.Message, connection.Receiver.Level > 1 ? refusal.Code : null) { Ref = reference }, ProtocolJson.Default.AuthResult);

    /// <summary>After a login or registration, at either level.</summary>
    public async ValueTask ArriveAsync(
        Connection connection, Identity identity, string token, RequestRef? reference, CancellationToken cancellationToken, bool isOneTime = false)
    {
        var result = new AuthResult(true, token, identity.Username, null) { Ref = reference };
        if (connection.Receiver.Level > 1)
        {
            connection.Say(Outcome.Answer(isOneTime ? result with { OneTime = true } : result, ProtocolJson.Default.AuthResult), reference);
            await ComeBackAsync(connection, identity, null, cancellationToken);
            return;
        }

        var general = parts.Database.Read(store => ChannelStore.FindPublic(store, ChannelNameRule.General)) ?? throw new InvalidOperationException("There is no general channel.");
        var room = new Room(general.Id, general.Name);
        await HoldAsync(connection, identity, room, cancellationToken);
        var (snapshot, history, waiting, isAlive) = parts.Database.Read(store =>
            (Snapshot.Read(store, identity.Id), MessageStore.Latest(store, room.Id), ConversationStore.Waiting(store, identity.Id, MostWaitingMessages),
                SessionStore.IsThere(store, identity.SessionId)));
        if (!isAlive)
        {
            // The password was changed between the look at it and here.
            connection.Say(Refused(LogInHandler.Wrong, reference), reference);
            connection.Close(LoggedOut);
            return;
        }

        await connection.CommitsToldAsync(cancellationToken);
        connection.CurrentRoom = room;
        connection.Say(new LevelOneArrival(connection.Receiver, identity, result, snapshot, history, waiting));
        connection.Receiver.IsArriving = false;
        foreach (var last in waiting.GroupBy(w => w.Channel).Select(g => g.MaxBy(w => w.Number)).OfType<WaitingMessage>())
            _delivery.Delivered(identity.Id, last.Channel, last.Number);
    }

    /// <summary>At level 2, after a login or by a token: the connection gets <c>ready</c>.</summary>
    public async ValueTask ComeBackAsync(Connection connection, Identity identity, RequestRef? reference, CancellationToken cancellationToken)
    {
        await HoldAsync(connection, identity, null, cancellationToken);
        var (snapshot, isAlive) = parts.Database.Read(store => (Snapshot.Read(store, identity.Id), SessionStore.IsThere(store, identity.SessionId)));
        if (!isAlive)
        {
            // Logged out between the look at the token and here, by a connection that could not know of this one yet.
            connection.Refuse(HelloHandler.InvalidToken, reference);
            connection.Close(LoggedOut);
            return;
        }

        await connection.CommitsToldAsync(cancellationToken);
        connection.Say(new LevelTwoArrival(connection.Receiver, identity, reference, snapshot, parts.Admission.ServerName));
        connection.Receiver.IsArriving = false;
        foreach (var late in snapshot.Conversations.Where(c => c.DeliveredNumber < c.LastNumber && c.ReadNumber < c.LastNumber))
            _delivery.Delivered(identity.Id, late.Id, late.LastNumber);
    }

    private async Task HoldAsync(Connection connection, Identity identity, Room? room, CancellationToken cancellationToken)
    {
        sessions.Add(identity.SessionId, connection);
        connection.Ended = () => sessions.Remove(connection);
        var receiver = connection.Receiver;
        receiver.Identity = identity;
        receiver.IsArriving = true;
        await connection.ApplyAsync(
            fanOut =>
            {
                receiver.CurrentChannel = room;
                fanOut.Hold(receiver);
            },
            cancellationToken);
    }

    private sealed class LevelOneArrival(
        Receiver receiver, Identity identity, AuthResult result, Snapshot snapshot, IReadOnlyList<HistoryEntry> history, IReadOnlyList<WaitingMessage> waiting) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            if (receiver.CurrentChannel is not { } room)
                return;
            var block = fanOut.PrivateBlock(receiver);
            block.Append(result, ProtocolJson.Default.AuthResult);
            block.Append(new ChannelList(snapshot.ToEntries()), ProtocolJson.Default.ChannelList);
            block.Append(new ChannelJoined(room.Name, history, fanOut.Attendance.UsersIn(fanOut, room, identity)), ProtocolJson.Default.ChannelJoined);
            foreach (var message in waiting)
                block.Append(new PrivateMessage(message.From, null, message.Content, WireTime.FromMicroseconds(message.At)), ProtocolJson.Default.PrivateMessage);
            fanOut.Release(receiver, snapshot.Holds);
            fanOut.Attendance.Arrive(fanOut, receiver, identity);
        }
    }

    private sealed class LevelTwoArrival(Receiver receiver, Identity identity, RequestRef? reference, Snapshot snapshot, string? serverName) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            fanOut.Attendance.Arrive(fanOut, receiver, identity);
            var members = fanOut.Attendance.Members;
            var ready = new Ready(
                snapshot.Epoch, ServerVersion.Text, new SelfState(identity.Id, identity.Username), snapshot.ToChannels(), snapshot.ToConversations(), [], serverName, snapshot.Owner)
            {
                Ref = reference,
            };
            var block = fanOut.PrivateBlock(receiver);
            block.Append(ready, ProtocolJson.Default.Ready, members.Members);
            foreach (var part in members.Late.Chunk(Attendance.MostMembersInAFrame))
                block.Append(new PresenceChanged(part), ProtocolJson.Default.PresenceChanged);
            fanOut.Release(receiver, snapshot.Holds);
        }
    }

    /// <summary>What a user may see, from one state of the data.</summary>
    private sealed class Snapshot
    {
        private readonly Dictionary<ChannelId, long> _lastNumbers = [];

        private Snapshot(string epoch, UserId? owner, List<VisibleChannel> channels, List<VisibleChannel> conversations)
        {
            (Epoch, Owner, Channels, Conversations) = (epoch, owner, channels, conversations);
            foreach (var channel in channels.Concat(conversations))
                _lastNumbers.Add(channel.Id, channel.LastNumber);
        }

        public string Epoch { get; }

        public UserId? Owner { get; }

        public IReadOnlyList<VisibleChannel> Channels { get; }

        public IReadOnlyList<VisibleChannel> Conversations { get; }

        public static Snapshot Read(StoreConnection store, UserId user) => new(
            store.Prepare("SELECT value FROM properties WHERE name = 'epoch'").Text() ?? "",
            OwnerStore.Find(store),
            ReadStateStore.Channels(store, user),
            ReadStateStore.Conversations(store, user));

        public bool Holds(ServerEvent happened) =>
            happened.Position is { } at && _lastNumbers.TryGetValue(at.Channel, out var last) && at.Number <= last;

        public ChannelEntry[] ToEntries() => [.. Channels.Select(c => new ChannelEntry(c.Id, c.Name, c.Description))];

        public ChannelState[] ToChannels() => [.. Channels.Select(c => new ChannelState(c.Id, c.Name, c.Description, c.LastNumber, c.ReadNumber, c.Unread, c.Mentions))];

        public ConversationState[] ToConversations() =>
            [.. Conversations.Select(c => new ConversationState(c.Id, c.With ?? new SelfState(default, ""), c.LastNumber, c.ReadNumber, c.Unread, c.Mentions))];
    }
}
