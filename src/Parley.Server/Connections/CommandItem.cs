using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>A command in the write queue. Its outcome is told when the round that holds it is committed.</summary>
internal abstract class CommandItem : WriteItem
{
    /// <summary>The connection that counts this item among what waits, until its outcome is told.</summary>
    public PendingWrites? Pending { get; set; }

    // Not before: what the connection sends next goes straight to the fan-out, and would overtake this.
    public sealed override void Posted() => Pending?.Settled();
}

/// <inheritdoc cref="CommandItem"/>
internal abstract class CommandItem<TCommand>(TCommand command, Asker asker) : CommandItem
    where TCommand : Command
{
    /// <summary>What came of it.</summary>
    protected Outcome Outcome { get; set; } = Outcome.Silent;

    protected TCommand Command => command;

    public sealed override void Committed(ICollection<IFanOutItem> output) =>
        output.Add(new OutcomeItem(asker.Session, new Answer(command, asker.Ref, Outcome)));

    public sealed override void Failed(Exception reason, ICollection<IFanOutItem> output)
    {
        Outcome = Outcome.Refuse(Refusal.Of(reason));
        Committed(output);
    }

    /// <summary>What its handler may know.</summary>
    protected CommandContext ContextIn(DatabaseConnection transaction) => new(asker.Identity, asker.At, transaction);
}
