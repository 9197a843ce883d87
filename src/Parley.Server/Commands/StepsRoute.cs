using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal sealed class StepsRoute<TCommand>(Access access, IStepsHandler<TCommand> handler) : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        handler.HandleAsync(command, connection, reference, cancellationToken);
}
