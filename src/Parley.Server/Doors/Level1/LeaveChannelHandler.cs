using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

/// <summary>Leaves the current channel. A channel that is not the current one cannot be left, and that is no error.</summary>
internal sealed class LeaveChannelHandler(Database database) : IStepsHandler<LeaveChannel>
{
    public async ValueTask HandleAsync(LeaveChannel command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var session = (Level1Session)connection.Session;
        var name = ChannelNameRule.Normalize(command.Channel);
        if (name.Length > 0 && name != session.Current?.Name)
        {
            // By its id: a rename may be committed and not yet told.
            var named = database.Read(db => ChannelAccess.Find(db, connection.Identity.Id, name));
            if (named is null)
                connection.Refuse(Refusal.NoSuchChannel(name), reference);
            if (named is null || named.Id != session.Current?.Id)
                return;
        }

        if (session.Current is null)
            return;
        // What was said before is still to be echoed to the channel that it was said in.
        await connection.WritesSettledAsync(cancellationToken);
        await connection.ApplyAsync(
            fanOut =>
            {
                fanOut.Listen(connection.Receiver, Listening.ToNone);
                fanOut.Attendance.Moved(fanOut, connection.Receiver);
            },
            cancellationToken);
    }
}
