using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal sealed class HeldReadRoute<TCommand>(IHeldReadHandler<TCommand> handler) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadHeldAsync(handler, command, reference, cancellationToken);
}
