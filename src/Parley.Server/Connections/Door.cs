using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>
/// A way into the server: what a peer sends becomes commands, and what is said to it its bytes. A door knows features; no feature knows a door. One object
/// serves all of its connections; what belongs to one of them is its <see cref="DoorSession"/>.
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

/// <summary>
/// One connection as its door sees it: how it is answered, and what the door knows of it. It may become another one as long as nobody has logged in.
/// </summary>
internal abstract class DoorSession(Receiver receiver)
{
    /// <summary>The connection as the fan-out sees it.</summary>
    public Receiver Receiver { get; } = receiver;

    /// <summary>Appends an answer, or nothing where silence is the answer. On the fan-out's thread, or beside it for one without events.</summary>
    public abstract void Write(ByteBlock block, Answer answer);

    /// <summary>Appends why the connection ends, or nothing where the dialect has no word for that. On the fan-out's thread.</summary>
    public abstract void Write(ByteBlock block, Closing closing);

    /// <summary>Somebody has logged in, or come back by a token: tells them, at once or with the initial snapshot.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="identity">Who.</param>
    /// <param name="login">The answer to a login or registration; null where somebody came back.</param>
    /// <param name="reference">The request id; null for none.</param>
    /// <returns>What is to be shown next.</returns>
    public abstract InitialSnapshot Enter(Connection connection, Identity identity, AuthResult? login, RequestRef? reference);
}

/// <summary>What a door is made of.</summary>
/// <param name="Database">Where it reads.</param>
/// <param name="WriteQueue">Where it writes what belongs to the dialect.</param>
/// <param name="Features">All that features can be asked for.</param>
/// <param name="Pipeline">Where requests go.</param>
/// <param name="LongFrames">The memory of long requests.</param>
/// <param name="Limits">What a peer may send.</param>
/// <param name="Time">The clock.</param>
/// <param name="ServerName">What the server is called; null where it has no name.</param>
internal sealed record DoorParts(
    Database Database,
    WriteQueue WriteQueue,
    CommandTable Features,
    CommandPipeline Pipeline,
    LongFrames LongFrames,
    ServerLimits Limits,
    TimeProvider Time,
    string? ServerName);
