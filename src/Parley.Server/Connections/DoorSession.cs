using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Connections;

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
