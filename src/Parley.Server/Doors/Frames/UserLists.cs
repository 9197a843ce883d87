using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Frames;

/// <summary>Who is in a channel. The names are written beside the fan-out, and only once for all who ask while nobody comes or goes.</summary>
internal sealed class UserLists(Database database)
{
    private readonly Lock _oneWrites = new();
    private Written? _last;

    /// <summary>Sends who is in a channel that was named.</summary>
    public ValueTask SendAsync(Connection connection, string name, RequestRef? reference, CancellationToken cancellationToken) =>
        SendAsync(connection, name, db => ChannelAccess.Find(db, connection.Identity.Id, name), reference, cancellationToken);

    /// <summary>Sends who is in a channel that somebody joined. It is found by its id: it may have been hidden or renamed since.</summary>
    public ValueTask SendAsync(Connection connection, NamedChannel joined, RequestRef? reference, CancellationToken cancellationToken) =>
        SendAsync(connection, joined.Name, db => ChannelAccess.Find(db, connection.Identity.Id, joined.Id), reference, cancellationToken);

    private async ValueTask SendAsync(
        Connection connection, string asked, Func<DatabaseConnection, ChannelRow?> find, RequestRef? reference, CancellationToken cancellationToken)
    {
        await connection.WritesSettledAsync(cancellationToken);
        if (database.Read(find) is not { } channel)
        {
            connection.Refuse(Refusal.NoSuchChannel(asked), reference);
            return;
        }

        var named = new NamedChannel(channel.Id, channel.Name);
        await connection.AnswerHeldAsync(
            fanOut => connection.Receiver.Sees(named.Id) ? fanOut.NamesIn(named) : null,
            names => Write(connection, asked, named, names, reference),
            cancellationToken);
    }

    private HeldAnswer Write(Connection connection, string asked, NamedChannel named, OccupantNames? names, RequestRef? reference)
    {
        var block = ByteBlock.Rent();
        if (names is null) // They see it no more since it was found.
        {
            connection.Session.Write(block, new Answer(null, reference, Outcome.Refuse(Refusal.NoSuchChannel(asked))));
            return new HeldAnswer(block, _ => false);
        }

        FrameEncoder.Append(block, new UserList(named.Name, []) { Ref = reference }, UsersOf(names));
        return new HeldAnswer(block, _ => false);
    }

    // One at a time: after a change many may ask at once, and would all write the same list.
    private byte[][] UsersOf(OccupantNames names)
    {
        lock (_oneWrites)
        {
            if (_last is null || !ReferenceEquals(_last.Names.Everywhere, names.Everywhere) || !ReferenceEquals(_last.Names.InChannel, names.InChannel))
                _last = new Written(names, UserEntries.ToJson(names));
            return _last.Users;
        }
    }

    private sealed record Written(OccupantNames Names, byte[][] Users);
}
