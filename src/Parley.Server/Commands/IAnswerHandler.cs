using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Commands;

/// <summary>Handles a command that neither reads nor writes what is stored: it is answered at once, behind its connection's writes.</summary>
internal interface IAnswerHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, Receiver asker);
}
