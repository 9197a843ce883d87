using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Tests.Support;

/// <summary>Answers as level 2 does, and reads nothing.</summary>
internal sealed class SilentDoor : Door
{
    public override DoorSession Begin(Outbox outbox) =>
        new Level2Session(new Receiver(outbox, Level2Dialect.Instance), new FrameCommands(new CommandTable(Features.CommandCosts.All)), serverName: null);

    public override async Task ServeAsync(Connection connection, CancellationToken cancellationToken) =>
        await connection.Transport.ReceiveAsync(new byte[1], cancellationToken);
}
