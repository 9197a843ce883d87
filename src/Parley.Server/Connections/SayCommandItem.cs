using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Storage;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Connections;

/// <summary>A command that says something, in the write queue.</summary>
internal sealed class SayCommandItem<TCommand>(ISayHandler<TCommand> handler, TCommand command, Asker asker) : CommandItem<TCommand>(command, asker), IDraftItem
    where TCommand : Command
{
    private Drafted _drafted;

    public override bool Run(DatabaseConnection transaction)
    {
        _drafted = handler.Draft(Command, ContextIn(transaction));
        if (_drafted.Refusal is { } refusal)
            Outcome = Outcome.Refuse(refusal);
        return _drafted.Draft is not null;
    }

    public Draft TakeDraft() => _drafted.Draft ?? throw new InvalidOperationException("Nothing was drafted.");

    public void Appended(MessagePosition position) => Outcome = _drafted.Appended!(position); // Set with the draft.
}
