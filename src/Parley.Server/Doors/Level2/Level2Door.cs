using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;

namespace Parley.Server.Doors.Level2;

/// <summary>Level 2: all commands of all features, and the one of level 1 that it has, too.</summary>
internal sealed class Level2Door(CommandTable features, UserLists userLists, string? serverName)
{
    private readonly FrameCommands _commands = new(features.Copy().Steps("user_list", new ListUsersHandler(userLists)));

    /// <summary>The connection speaks level 2 from now on.</summary>
    public Level2Session Begin(Receiver receiver)
    {
        receiver.Dialect = Level2Dialect.Instance;
        return new Level2Session(receiver, _commands, serverName);
    }
}

/// <summary>Who is in a channel, which has to be named.</summary>
internal sealed class ListUsersHandler(UserLists lists) : IStepsHandler<ListUsers>
{
    public async ValueTask HandleAsync(ListUsers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (ChannelNameRule.Normalize(command.Channel) is { Length: > 0 } name)
            await lists.SendAsync(connection, name, reference, cancellationToken);
        else
            connection.Refuse(Refusal.Invalid(RefusalKey.ChannelNeeded), reference);
    }
}
