using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that reads a snapshot. While it is read, events for the asker are held; those that the snapshot does not include follow it
/// (docs/adr/0012).
/// </summary>
internal interface IHeldReadHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    HeldReply Read(TCommand command, CommandContext context);
}
