using Parley.Server.Events.Sending;

namespace Parley.Server.Connections;

/// <summary>
/// A way into the server: it turns what a peer sends into commands, and answers and events into bytes. A door knows features; no feature knows a door. One
/// object serves all of its connections; what belongs to one of them is its <see cref="DoorSession"/>.
/// </summary>
internal abstract class Door
{
    /// <summary>How a new connection is spoken to until it says otherwise.</summary>
    public abstract DoorSession Begin(Outbox outbox);

    /// <summary>
    /// Reads what the peer sends, and has it carried out, one command after the other; until the peer has ended, or something ends the connection.
    /// </summary>
    public abstract Task ServeAsync(Connection connection, CancellationToken cancellationToken);
}
