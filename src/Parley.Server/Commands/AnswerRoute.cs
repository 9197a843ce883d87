using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal sealed class AnswerRoute<TCommand>(IAnswerHandler<TCommand> handler) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.Send(handler.Handle(command, connection.Receiver), reference);
        return ValueTask.CompletedTask;
    }
}
