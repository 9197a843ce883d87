using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that only reads, and whose answer tells how things are at one moment: while it is read what comes for the asker is kept, and what the
/// answer does not count yet follows it (docs/adr/0012).
/// </summary>
internal interface IHeldReadHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    HeldReply Read(TCommand command, CommandContext context);
}
