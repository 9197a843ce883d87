using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;
using Parley.Server.Features.ReadState;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>What somebody is told who arrives: looked at and written once, in this order.</summary>
internal abstract class FirstScreen(Identity identity)
{
    public Identity Identity { get; } = identity;

    /// <summary>Level 1: the channel that they arrive in.</summary>
    public virtual Room? Room => null;

    /// <summary>The conversations of which something was handed over, each with the number up to which it was.</summary>
    public IReadOnlyList<(ChannelId Conversation, long Number)> HandedOver { get; protected set; } = [];

    /// <summary>See <see cref="ConversationStore.Waiting"/>; null where nobody looked.</summary>
    public long? NothingWaitsUpTo { get; protected set; }

    /// <summary>On the fan-out, when the hold has begun.</summary>
    public abstract void Look(FanOut fanOut);

    /// <summary>From one state of the data.</summary>
    public abstract HeldAnswer Read(StoreConnection store, ChosenStatus chosen);
}

/// <summary>Level 1: the channels, <c>general</c> with its history, and the private messages that waited.</summary>
internal sealed class LevelOneScreen(Identity identity, Room room, AuthResult result) : FirstScreen(identity)
{
    // The rest waits for the next login.
    private const int MostWaitingMessages = 500;

    private RoomNames? _names;

    public override Room Room => room;

    public override void Look(FanOut fanOut) => _names = fanOut.Attendance.NamesIn(room);

    public override HeldAnswer Read(StoreConnection store, ChosenStatus chosen)
    {
        var channels = ChannelStore.AllPublic(store);
        var lastNumber = MessageStore.LastNumber(store, room.Id);
        var lastMessage = MessageStore.LastId(store);
        var (waiting, upTo) = ConversationStore.Waiting(store, Identity.Id, MostWaitingMessages);
        NothingWaitsUpTo = upTo;
        HandedOver = [.. waiting.GroupBy(w => w.Channel, (channel, messages) => (channel, messages.Max(w => w.Number)))];
        var known = channels.Select(c => c.Id).ToHashSet();

        var block = FrameBlock.Rent();
        block.Append(result, ProtocolJson.Default.AuthResult);
        block.Append(new ChannelList(channels), ProtocolJson.Default.ChannelList);
        block.Append(new ChannelJoined(room.Name, MessageStore.Latest(store, room.Id), _names?.First(Identity.Username) ?? []), ProtocolJson.Default.ChannelJoined);
        foreach (var message in waiting)
            block.Append(new PrivateMessage(message.From, null, message.Content, WireTime.FromMicroseconds(message.At)), ProtocolJson.Default.PrivateMessage);
        return new HeldAnswer(block, happened => happened switch
        {
            PrivateMessageWasSaid said => said.Id.Value <= lastMessage, // Here, or it waits for the next login.
            { Position: ({ } channel, 0) } => known.Contains(channel),
            { Position: ({ } channel, var number) } => channel == room.Id && number <= lastNumber,
            _ => false,
        });
    }
}

/// <summary>Level 2: <c>ready</c>, bounded (docs/protocol.md, "Lists and their pages").</summary>
internal sealed class LevelTwoScreen(Identity identity, RequestRef? reference, string? serverName) : FirstScreen(identity)
{
    // 256 KiB in all: 96 of channels, 64 of members (see MemberList), and of conversations 250 bytes each.
    private const int ChannelBytes = 96 * 1024;
    private const int MostConversations = 250;

    private MemberSnapshot _members = new([], null);

    public override void Look(FanOut fanOut) => _members = fanOut.Attendance.Members.Snapshot();

    public override HeldAnswer Read(StoreConnection store, ChosenStatus chosen)
    {
        var channels = ReadStateStore.Channels(store, Identity.Id, "", ChannelStore.MostPublic + 1);
        var told = VisibleChannels.Fitting(channels, ChannelBytes);
        var conversations = ReadStateStore.Latest(store, Identity.Id, MostConversations + 1);
        var first = conversations.Take(MostConversations).ToList();
        HandedOver = VisibleChannels.Late(first);
        var more = new ReadyMore(
            told.Count < channels.Count ? told[^1].Name : null,
            first.Count < conversations.Count ? VisibleChannels.FirstPage : null,
            _members.Next?.ToString());
        var ready = new Ready(
            ReadStateStore.Epoch(store),
            ServerVersion.Text,
            new SelfState(Identity.Id, Identity.Username),
            VisibleChannels.ToChannels(told),
            VisibleChannels.ToConversations(first),
            [],
            more is { Channels: null, Conversations: null, Members: null } ? null : more,
            serverName,
            OwnerStore.Find(store))
        {
            Ref = reference,
        };
        var block = FrameBlock.Rent();
        block.Append(ready, ProtocolJson.Default.Ready, Members(chosen));
        return new HeldAnswer(block, VisibleChannels.Counting(told.Concat(first)));
    }

    // Whoever arrives is not here yet, and is told of as who will be.
    private List<byte[]> Members(ChosenStatus chosen)
    {
        var self = Attendance.Coming(Identity, chosen);
        var members = new List<byte[]>(_members.Members.Count + 1);
        var isIn = false;
        foreach (var entry in _members.Members)
        {
            if (entry.Member.Id == self.Id)
                continue;
            if (!isIn && (entry.Member.Status == MemberStatus.Offline || MemberOrder.Compare(entry.Member.Username, self.Username) > 0))
            {
                members.Add(ListedMember.Write(self));
                isIn = true;
            }

            members.Add(entry.Json);
        }

        if (!isIn)
            members.Add(ListedMember.Write(self));
        return members;
    }
}
