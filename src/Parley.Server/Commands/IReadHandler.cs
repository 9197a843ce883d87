using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>Handles a command that only reads, on the connection's reader, after that connection's writes were committed.</summary>
internal interface IReadHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, CommandContext context);
}
