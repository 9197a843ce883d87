using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;

namespace Parley.Server.Doors.Level2;

/// <summary>Who is in a channel, which has to be named.</summary>
internal sealed class Level2ListUsersHandler(UserLists lists) : IStepsHandler<ListUsers>
{
    public async ValueTask HandleAsync(ListUsers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (ChannelNameRule.Normalize(command.Channel) is { Length: > 0 } name)
            await lists.SendAsync(connection, name, reference, cancellationToken);
        else
            connection.Refuse(Refusal.Invalid(RefusalKey.ChannelNeeded), reference);
    }
}
