using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>Handles one command: first its fields, by <see cref="Check"/>, then what its kind of handler adds.</summary>
internal interface IHandler<TCommand>
    where TCommand : Command
{
    /// <summary>The rules that need no data, on the connection's reader. May replace the command by a cleaned one.</summary>
    Refusal? Check(ref TCommand command) => null;
}
