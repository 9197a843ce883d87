namespace Parley.Server.Storage.Logs;

/// <summary>
/// A write item that says something. Its draft is appended to the log together with those of the items beside it, and before the next item that drafts nothing,
/// so that whatever is written later in the round finds it there.
/// </summary>
internal interface IDraftItem
{
    /// <summary>Takes the draft that <see cref="WriteItem.Run"/> made; called once for each run that stays.</summary>
    Draft TakeDraft();

    /// <summary>The draft is in its channel's log, in the transaction that is not committed yet.</summary>
    void Appended(MessagePosition position);
}
