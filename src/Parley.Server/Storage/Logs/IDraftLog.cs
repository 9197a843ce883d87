namespace Parley.Server.Storage.Logs;

/// <summary>
/// Where drafts get their numbers: a run of them is placed at once. It belongs to the one writer, so nobody takes a number meanwhile. Each engine has its own: it is
/// what a server does most.
/// </summary>
internal interface IDraftLog
{
    /// <summary>Appends drafts to their channels' logs, in their order.</summary>
    /// <param name="drafts">What is said.</param>
    /// <param name="places">Gets a place for each draft; the first one's, where its author used the nonce before.</param>
    void Append(IReadOnlyList<Draft> drafts, ICollection<MessagePlace> places);
}
