using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;

namespace Parley.Server.Features.Members;

/// <summary>Who is in a channel, and what people choose to be shown as. (Who is here at all is the fan-out's own knowledge: Events/Attendance.cs.)</summary>
internal static class MembersFeature
{
    public static void Map(CommandTable table, ServerParts parts) =>
        table
            .Steps("user_list", ProtocolJson.Default.ListUsers, new ListUsersHandler(parts), Access.Member)
            .Read("profile", ProtocolJson.Default.AskProfile, new ProfileHandler(), Access.MemberOfLevel2)
            .Write("status_set", ProtocolJson.Default.SetStatus, new SetStatusHandler(), Access.MemberOfLevel2)
            .Steps("idle", ProtocolJson.Default.SetIdle, new SetIdleHandler(), Access.MemberOfLevel2);
}

internal sealed class ListUsersHandler(ServerParts parts) : IStepsHandler<ListUsers>
{
    public async ValueTask HandleAsync(ListUsers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = ChannelNameRule.Normalize(command.Channel);
        var room = connection.CurrentRoom;
        if (name.Length > 0)
        {
            await connection.WritesSettledAsync(cancellationToken);
            if (parts.Database.Read(store => ChannelStore.FindPublic(store, name)) is not { } channel)
            {
                connection.Refuse(Refusal.NoSuchChannel(name), reference);
                return;
            }

            room = new Room(channel.Id, channel.Name);
        }

        if (room is not null)
            connection.Say(new Listing(connection.Receiver, room, reference));
        else if (connection.Receiver.Level > 1)
            connection.Refuse(Refusal.Invalid("Channel name required."), reference);
    }

    private sealed class Listing(Receiver asker, Room room, RequestRef? reference) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            var users = fanOut.Attendance.UsersIn(fanOut, room, alsoIn: null);
            fanOut.PrivateBlock(asker).Append(new UserList(room.Name, users) { Ref = reference }, ProtocolJson.Default.UserList);
        }
    }
}
