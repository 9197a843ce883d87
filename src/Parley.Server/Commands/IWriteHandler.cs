using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that writes. <see cref="Handle"/> runs in the write queue: it waits for nothing but the database, what it refuses is undone, and it may be
/// asked twice (the first try undone). It is synchronous because SQLite is (docs/adr/0011).
/// </summary>
internal interface IWriteHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, CommandContext context);
}
