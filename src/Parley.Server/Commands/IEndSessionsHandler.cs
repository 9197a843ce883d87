using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that ends sessions. <see cref="Handle"/> runs in the write queue, and the connection's reader waits for its commit, so
/// that no later request is carried out by a session that has ended.
/// </summary>
internal interface IEndSessionsHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    EndedSessions Handle(TCommand command, CommandContext context);
}
