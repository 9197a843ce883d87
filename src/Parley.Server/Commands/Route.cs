using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>Who may ask.</summary>
internal enum Access
{
    /// <summary>Only somebody who has not logged in.</summary>
    Stranger,

    /// <summary>Whoever has logged in.</summary>
    Member,
}

/// <summary>What a command costs who asks.</summary>
/// <param name="Points">Of the budgets of the user and of the address.</param>
/// <param name="CountsAsMessage">Whether it counts against the message rate, too.</param>
internal readonly record struct Cost(int Points, bool CountsAsMessage = false)
{
    /// <summary>Of what is no command, or none that may be asked for now: it is read, and answered.</summary>
    public static Cost OfRefusal { get; } = new(1);
}

/// <summary>The way of one command, from its record to its handler.</summary>
internal abstract class Route(Access access)
{
    public Access Access { get; } = access;

    /// <summary>Set when the route is added to the table.</summary>
    public Cost Cost { get; set; }

    /// <summary>The command's record.</summary>
    public abstract Type CommandType { get; }

    /// <param name="command">One of <see cref="CommandType"/>.</param>
    /// <param name="connection">Whose it is.</param>
    /// <param name="reference">The asker's mark, to be borne by the answer.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public abstract ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

internal abstract class Route<TCommand>(Access access) : Route(access)
    where TCommand : Command
{
    public sealed override Type CommandType => typeof(TCommand);

    public sealed override ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        RunAsync((TCommand)command, connection, reference, cancellationToken);

    protected abstract ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

internal sealed class WriteRoute<TCommand>(Access access, IWriteHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(ref command) is { } refusal)
        {
            connection.Refuse(refusal, reference, command);
            return ValueTask.CompletedTask;
        }

        return connection.WriteAsync(handler, command, reference, cancellationToken);
    }
}

internal sealed class SayRoute<TCommand>(Access access, ISayHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(ref command) is { } refusal)
        {
            connection.Refuse(refusal, reference, command);
            return ValueTask.CompletedTask;
        }

        return connection.SayAsync(handler, command, reference, cancellationToken);
    }
}

internal sealed class ReadRoute<TCommand>(Access access, IReadHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadAsync(handler, command, reference, cancellationToken);
}

internal sealed class StepsRoute<TCommand>(Access access, IStepsHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        handler.HandleAsync(command, connection, reference, cancellationToken);
}
