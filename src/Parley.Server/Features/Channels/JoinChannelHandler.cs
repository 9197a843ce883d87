using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Channels;

/// <summary>Level 1: goes to another channel. What is said there while its history is read is kept, so that nothing is missed and nothing comes twice.</summary>
internal sealed class JoinChannelHandler(ServerParts parts) : IStepsHandler<JoinChannel>
{
    public async ValueTask HandleAsync(JoinChannel command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = ChannelNameRule.Normalize(command.Channel);
        if (name.Length == 0)
        {
            connection.Refuse(Refusal.Invalid("Channel name required."), reference);
            return;
        }

        await connection.WritesSettledAsync(cancellationToken);
        if (parts.Database.Read(store => ChannelStore.FindPublic(store, name)) is not { } channel)
        {
            connection.Refuse(Refusal.NoSuchChannel(name), reference);
            return;
        }

        var receiver = connection.Receiver;
        var from = connection.CurrentRoom;
        var room = new Room(channel.Id, channel.Name);
        receiver.IsArriving = true;
        await connection.ApplyAsync(fanOut => BeginMove(fanOut, receiver, room), cancellationToken);
        var (history, lastNumber) = parts.Database.Read(store => (MessageStore.Latest(store, room.Id), MessageStore.LastNumber(store, room.Id)));
        await connection.CommitsToldAsync(cancellationToken);
        connection.CurrentRoom = room;
        connection.Say(new Moved(receiver, from, history, lastNumber));
        receiver.IsArriving = false;
    }

    private static void BeginMove(FanOut fanOut, Receiver receiver, Room room)
    {
        fanOut.LeaveFeed(receiver);
        receiver.CurrentChannel = room;
        fanOut.Hold(receiver);
    }

    private sealed class Moved(Receiver receiver, Room? from, IReadOnlyList<HistoryEntry> history, long lastNumber) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            if (receiver is not { CurrentChannel: { } room, Identity: { } identity })
                return;
            var users = fanOut.Attendance.UsersIn(fanOut, room, identity);
            fanOut.PrivateBlock(receiver).Append(new ChannelJoined(room.Name, history, users), ProtocolJson.Default.ChannelJoined);
            fanOut.Release(receiver, happened => happened.Position is { } at && at.Channel == room.Id && at.Number <= lastNumber);
            fanOut.Attendance.Moved(fanOut, receiver, from);
        }
    }
}
