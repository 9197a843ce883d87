using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;

namespace Parley.Server.Doors.Level1;

/// <summary>Level 1: leaves the current channel. A channel that is not the current one cannot be left, and that is no error.</summary>
internal sealed class LeaveChannelHandler(ServerParts parts) : IStepsHandler<LeaveChannel>
{
    public async ValueTask HandleAsync(LeaveChannel command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = ChannelNameRule.Normalize(command.Channel);
        if (name.Length > 0 && name != connection.CurrentRoom?.Name)
        {
            if (parts.Database.Read(store => ChannelStore.FindPublic(store, name)) is null)
                connection.Refuse(Refusal.NoSuchChannel(name), reference);
            return;
        }

        if (connection.CurrentRoom is not { } from)
            return;
        // What was said before is still to be echoed to the channel that it was said in.
        await connection.WritesSettledAsync(cancellationToken);
        connection.CurrentRoom = null;
        connection.Say(new Left(connection.Receiver, from));
    }

    private sealed class Left(Receiver receiver, Room from) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            fanOut.LeaveFeed(receiver);
            receiver.CurrentChannel = null;
            fanOut.Hold(receiver);
            fanOut.Release(receiver, _ => true);
            fanOut.Attendance.Moved(fanOut, receiver, from);
        }
    }
}
