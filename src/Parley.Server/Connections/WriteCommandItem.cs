using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>A command that writes, in the write queue.</summary>
internal sealed class WriteCommandItem<TCommand>(IWriteHandler<TCommand> handler, TCommand command, Asker asker) : CommandItem<TCommand>(command, asker)
    where TCommand : Command
{
    public override bool Run(DatabaseConnection transaction)
    {
        Outcome = handler.Handle(Command, ContextIn(transaction));
        return Outcome.Refusal is null;
    }
}
