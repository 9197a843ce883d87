using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>The way of a command of one type: the rules that need no data first, then what its kind of handler does.</summary>
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

/// <summary>A command that goes into the write queue.</summary>
internal sealed class QueuedRoute<TCommand>(Access access, IHandler<TCommand> handler, Func<TCommand, Asker, CommandItem> makeItem)
    : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.QueueAsync(makeItem(command, connection.AskerOf(reference)), cancellationToken);
}

internal sealed class ReadRoute<TCommand>(Access access, IReadHandler<TCommand> handler) : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadAsync(handler, command, reference, cancellationToken);
}

internal sealed class HeldReadRoute<TCommand>(IHeldReadHandler<TCommand> handler) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadHeldAsync(handler, command, reference, cancellationToken);
}

internal sealed class AnswerRoute<TCommand>(IAnswerHandler<TCommand> handler) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.Send(handler.Handle(command, connection.Receiver), reference);
        return ValueTask.CompletedTask;
    }
}

internal sealed class EndSessionsRoute<TCommand>(IEndSessionsHandler<TCommand> handler, SessionConnections sessions) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override async ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        // To its end, even where the connection ends meanwhile: what is committed has its connections closed.
        var (actor, at) = (connection.Identity, connection.Now);
        var ended = await connection.WriteStepAsync(store => handler.Handle(command, new CommandContext(actor, at, store)), CancellationToken.None);
        connection.Send(ended.Refusal is { } refused ? Outcome.Refuse(refused) : Outcome.Done(), reference);
        foreach (var session in ended.Sessions)
            sessions.Close(session, ended.Closing!); // There with the sessions.
    }
}

internal sealed class StepsRoute<TCommand>(Access access, IStepsHandler<TCommand> handler) : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        handler.HandleAsync(command, connection, reference, cancellationToken);
}
