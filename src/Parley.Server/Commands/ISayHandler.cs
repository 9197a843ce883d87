using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that says something. <see cref="Draft"/> runs in the write queue, where it may read, and open a conversation. What it drafts
/// is appended to the log together with the drafts of its neighbours, and then told.
/// </summary>
internal interface ISayHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Drafted Draft(TCommand command, CommandContext context);
}
