using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command of several steps (hash, then write, then arrive), on the connection's reader, which reads on when the last step is done. It says what
/// it has to say through the connection.
/// </summary>
internal interface IStepsHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    ValueTask HandleAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}
