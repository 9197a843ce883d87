using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;

namespace Parley.Server.Doors.Level1;

/// <summary>Who is in a channel, or in the current one; of no channel nothing is said.</summary>
internal sealed class Level1ListUsersHandler(UserLists lists) : IStepsHandler<ListUsers>
{
    public async ValueTask HandleAsync(ListUsers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (ChannelNameRule.Normalize(command.Channel) is { Length: > 0 } name)
            await lists.SendAsync(connection, name, reference, cancellationToken);
        else if (((Level1Session)connection.Session).Current is { } current)
            await lists.SendAsync(connection, current, reference, cancellationToken);
    }
}
