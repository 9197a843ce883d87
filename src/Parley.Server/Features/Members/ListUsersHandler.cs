using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Members;

/// <summary>Who is in a channel. The names are written beside the fan-out, and only once for all who ask while nobody comes or goes.</summary>
internal sealed class ListUsersHandler(ServerParts parts) : IStepsHandler<ListUsers>
{
    private readonly Lock _oneWrites = new();
    private Written? _last;

    public async ValueTask HandleAsync(ListUsers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = ChannelNameRule.Normalize(command.Channel);
        var current = connection.CurrentRoom;
        if (name.Length == 0 && current is null)
        {
            if (connection.Receiver.Level > 1)
                connection.Refuse(Refusal.Invalid("Channel name required."), reference);
            return;
        }

        await connection.WritesSettledAsync(cancellationToken);
        if (parts.Database.Read(store => Find(store, connection, name)) is not { } channel)
        {
            connection.Refuse(Refusal.NoSuchChannel(name.Length > 0 ? name : current!.Name), reference);
            return;
        }

        var room = new Room(channel.Id, channel.Name);
        await connection.AnswerHeldAsync(parts, fanOut => fanOut.Attendance.NamesIn(room), names => Write(room, names, reference), cancellationToken);
    }

    // The current one by its id: it may have been hidden or renamed since it was joined.
    private static ChannelRow? Find(StoreConnection store, Connection connection, string name) => name.Length == 0 && connection.CurrentRoom is { } room
        ? ChannelStore.FindVisible(store, room.Id, connection.Receiver.Identity?.Id ?? default)
        : ChannelStore.FindPublic(store, name);

    private HeldAnswer Write(Room room, RoomNames names, RequestRef? reference)
    {
        var block = FrameBlock.Rent();
        block.Append(new UserList(room.Name, []) { Ref = reference }, ProtocolJson.Default.UserList, UsersOf(names));
        return new HeldAnswer(block, _ => false);
    }

    // One at a time: many who ask at once after a change would all write the same, and take every core for it.
    private byte[][] UsersOf(RoomNames names)
    {
        lock (_oneWrites)
        {
            if (_last is null || !ReferenceEquals(_last.Names.Everywhere, names.Everywhere) || !ReferenceEquals(_last.Names.InRoom, names.InRoom))
                _last = new Written(names, names.ToJson());
            return _last.Users;
        }
    }

    private sealed record Written(RoomNames Names, byte[][] Users);
}
