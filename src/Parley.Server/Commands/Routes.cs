using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal abstract class Route<TCommand>(Access access) : Route(access)
    where TCommand : Command
{
    public sealed override Type CommandType => typeof(TCommand);

    public sealed override ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        RunAsync((TCommand)command, connection, reference, cancellationToken);

    protected abstract ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

/// <summary>A command that goes into the write queue, once the rules that need no data have let it.</summary>
internal abstract class QueuedRoute<TCommand>(Access access, ICheckedHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected sealed override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(ref command) is not { } refusal)
            return PostAsync(command, connection, reference, cancellationToken);
        connection.Refuse(refusal, reference, command);
        return ValueTask.CompletedTask;
    }

    protected abstract ValueTask PostAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

internal sealed class WriteRoute<TCommand>(Access access, IWriteHandler<TCommand> handler) : QueuedRoute<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask PostAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.WriteAsync(handler, command, reference, cancellationToken);
}

internal sealed class SayRoute<TCommand>(Access access, ISayHandler<TCommand> handler) : QueuedRoute<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask PostAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.SayAsync(handler, command, reference, cancellationToken);
}

internal sealed class ReadRoute<TCommand>(Access access, IReadHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadAsync(handler, command, reference, cancellationToken);
}

internal sealed class HeldReadRoute<TCommand>(IHeldReadHandler<TCommand> handler) : Route<TCommand>(Access.Member)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(command) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return ValueTask.CompletedTask;
        }

        return connection.ReadHeldAsync(handler, command, reference, cancellationToken);
    }
}

internal sealed class AnswerRoute<TCommand>(IAnswerHandler<TCommand> handler) : Route<TCommand>(Access.Member)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.Send(handler.Handle(command, connection.Receiver), reference);
        return ValueTask.CompletedTask;
    }
}

internal sealed class EndSessionsRoute<TCommand>(IEndSessionsHandler<TCommand> handler, SessionConnections sessions) : Route<TCommand>(Access.Member)
    where TCommand : Command
{
    protected override async ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(command) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return;
        }

        // To its end, even where the connection ends meanwhile: what is committed has its connections closed.
        var (actor, at) = (connection.Identity, connection.Now);
        var ended = await connection.WriteStepAsync(store => handler.Handle(command, new CommandContext(actor, at, store)), CancellationToken.None);
        connection.Send(ended.Refusal is { } refused ? Outcome.Refuse(refused) : Outcome.Done(), reference);
        foreach (var session in ended.Sessions)
            sessions.Close(session, ended.Closing!); // There with the sessions.
    }
}

internal sealed class StepsRoute<TCommand>(Access access, IStepsHandler<TCommand> handler) : Route<TCommand>(access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        handler.HandleAsync(command, connection, reference, cancellationToken);
}
