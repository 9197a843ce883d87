using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

/// <summary>The channels, <c>general</c> with its history, and the private messages that waited.</summary>
internal sealed class Level1Snapshot(Identity identity, NamedChannel start, AuthResult login, ConversationDelivery delivery) : InitialSnapshot(identity)
{
    // The rest waits for the next login.
    private const int MostWaitingMessages = 500;

    private OccupantNames? _names;
    private IReadOnlyList<(ChannelId Conversation, long Number)> _handedOver = [];
    private long? _nothingWaitsUpTo;

    public override Listening Listening { get; } = Listening.To(start);

    public override void Look(FanOut fanOut) => _names = fanOut.NamesIn(start);

    public override HeldAnswer Read(DatabaseConnection db, ChosenStatus chosen)
    {
        var channels = ChannelStore.AllSeen(db, Identity.Id);
        var lastNumber = MessageStore.LastNumber(db, start.Id);
        var lastMessage = MessageStore.LastId(db);
        var (waiting, upTo) = ConversationStore.Waiting(db, Identity.Id, MostWaitingMessages);
        _nothingWaitsUpTo = upTo;
        _handedOver = [.. waiting.GroupBy(w => w.Channel, (channel, messages) => (channel, messages.Max(w => w.Number)))];
        var known = channels.Select(c => c.Id).ToHashSet();

        var block = ByteBlock.Rent();
        FrameEncoder.Append(block, login);
        FrameEncoder.Append(block, new ChannelList(channels));
        var users = _names is null ? [] : UserEntries.First(_names, Identity.Username);
        FrameEncoder.Append(block, Level1Words.Joined(start, MessageStore.Latest(db, start.Id), users));
        foreach (var message in waiting)
            FrameEncoder.Append(block, new PrivateMessage(message.From, null, message.Content, WireTime.FromMicroseconds(message.At)));
        return new HeldAnswer(block, happened => happened switch
        {
            DirectMessageWasSaid said => said.InLog.Id.Value <= lastMessage, // Here, or it waits for the next login.
            { Position: ({ } channel, 0) } => known.Contains(channel),
            { Position: ({ } channel, var number) } => channel == start.Id && number <= lastNumber,
            _ => false,
        });
    }

    // After the arrival, in a write of its own: where that fails the login stands, and the messages are handed over again.
    public override void Shown() => delivery.Delivered(Identity.Id, _handedOver, _nothingWaitsUpTo);
}
