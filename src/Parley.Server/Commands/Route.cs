using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>How one command gets from its record to its handler.</summary>
internal abstract class Route(Access access)
{
    public Access Access { get; } = access;

    /// <summary>Set when the route is added to the table.</summary>
    public Cost Cost { get; set; }

    /// <summary>The command's record.</summary>
    public abstract Type CommandType { get; }

    /// <param name="command">One of <see cref="CommandType"/>.</param>
    /// <param name="connection">Whose it is.</param>
    /// <param name="reference">The request id, which the answer repeats; null for none.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public abstract ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

/// <summary>The route of a command of one type: first its handler's Check, then what its kind of handler does.</summary>
internal abstract class Route<TCommand>(Access access, IHandler<TCommand> handler) : Route(access)
    where TCommand : Command
{
    public sealed override Type CommandType => typeof(TCommand);

    public sealed override ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var typed = (TCommand)command;
        if (handler.Check(ref typed) is not { } refusal)
            return RunAsync(typed, connection, reference, cancellationToken);
        connection.Refuse(refusal, reference, typed);
        return ValueTask.CompletedTask;
    }

    protected abstract ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}
