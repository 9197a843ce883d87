using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

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
