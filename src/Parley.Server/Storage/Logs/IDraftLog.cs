namespace Parley.Server.Storage.Logs;

/// <summary>
/// Where drafts get their numbers: a run of them is appended at once. It belongs to the one writer, so nobody takes a number meanwhile. Each engine has its
/// own: it is what a server does most.
/// </summary>
internal interface IDraftLog
{
    /// <summary>Appends drafts to their channels' logs, in their order.</summary>
    /// <param name="drafts">What is said.</param>
    /// <param name="positions">Gets the position of each draft; where its author used the nonce before, that of the first message with it.</param>
    void Append(IReadOnlyList<Draft> drafts, ICollection<MessagePosition> positions);
}
