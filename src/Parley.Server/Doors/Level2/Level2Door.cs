using Parley.Server.Commands;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;

namespace Parley.Server.Doors.Level2;

/// <summary>Level 2: all commands of all features, and the one of level 1 that it has, too.</summary>
internal sealed class Level2Door(CommandTable features, UserLists userLists, string? serverName)
{
    private readonly FrameCommands _commands = new(features.Copy().Steps("user_list", new Level2ListUsersHandler(userLists)));

    /// <summary>The connection speaks level 2 from now on.</summary>
    public Level2Session Begin(Receiver receiver)
    {
        receiver.Dialect = Level2Dialect.Instance;
        return new Level2Session(receiver, _commands, serverName);
    }
}
