using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal sealed class ReadRoute<TCommand>(Access access, IReadHandler<TCommand> handler) : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadAsync(handler, command, reference, cancellationToken);
}
