namespace Parley.Server.Storage.Logs;

/// <summary>
/// Something that is to be said. Its draft is appended to the log together with those of the items beside it, and before the next item that is none of these, so that
/// whatever is written later in the round finds it there.
/// </summary>
internal abstract class DraftItem : WriteItem
{
    private Draft? _draft;

    /// <summary>Writes what has to be there before the draft, and makes the draft. An exception undoes this item alone.</summary>
    /// <returns>The draft; null where nothing is said, and nothing that was written stays.</returns>
    public abstract Draft? Write(StoreConnection transaction);

    /// <summary>The draft stands in its channel's log, in the transaction that is not committed yet.</summary>
    public abstract void Appended(MessagePosition position);

    /// <summary>Takes the draft that was made.</summary>
    public Draft TakeDraft()
    {
        var draft = _draft ?? throw new InvalidOperationException("Nothing was drafted.");
        _draft = null;
        return draft;
    }

    public sealed override bool Run(StoreConnection transaction)
    {
        _draft = Write(transaction);
        return _draft is not null;
    }
}
