using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>A command that goes into the write queue.</summary>
internal sealed class QueuedRoute<TCommand>(Access access, IHandler<TCommand> handler, Func<TCommand, Asker, CommandItem> makeItem)
    : Route<TCommand>(access, handler)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.QueueAsync(makeItem(command, connection.AskerOf(reference)), cancellationToken);
}
