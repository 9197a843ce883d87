namespace Parley.Server.Events.Sending;

/// <summary>
/// The memory of all that waits for connections whose peers are behind. One connection's share is bounded by its outbox; this bounds what many of them hold
/// together. Bytes that several of them wait for count once.
/// </summary>
/// <param name="most">0: no limit.</param>
internal sealed class WaitingBytes(long most)
{
    private long _total;
    private long _leaving;
    private long _closedConnections;

    public long Total => Volatile.Read(ref _total);

    /// <summary>Connections that were closed since the start because their peers did not take what was sent.</summary>
    public long ClosedConnections => Volatile.Read(ref _closedConnections);

    /// <summary>Some connections have to go.</summary>
    public bool IsOver => most > 0 && Total > most;

    /// <summary>Half of the memory is taken: from now on a peer gets its next page only when it has taken all before.</summary>
    public bool IsTight => most > 0 && Total > most / 2;

    /// <summary>Whether a connection that has to go may keep so many bytes until its peer has taken the closing; else it is broken at once.</summary>
    public bool MayTakeLeave(int bytes) => Volatile.Read(ref _leaving) + bytes <= most / 4;

    /// <summary>Bytes of connections that are told to go, which the total does not count any more.</summary>
    public void AddLeaving(int bytes) => Interlocked.Add(ref _leaving, bytes);

    /// <summary>How many bytes have to go until a quarter is free again.</summary>
    public long Excess => Total - (most / 4 * 3);

    public void CountClosed() => Interlocked.Increment(ref _closedConnections);

    public void Add(long bytes) => Interlocked.Add(ref _total, bytes);

    /// <summary>
    /// Whom to close so that <paramref name="excess"/> bytes leave: those users first who have the most waiting over all their connections, of each the largest
    /// first.
    /// </summary>
    public static IEnumerable<Receiver> Slowest(IEnumerable<Receiver> receivers, long excess)
    {
        var behind = receivers.Where(r => !r.IsClosed).Select(r => (Receiver: r, Bytes: r.Outbox.WaitingCount)).Where(r => r.Bytes > 0);
        foreach (var (receiver, bytes) in behind.GroupBy(r => r.Receiver.Identity?.Id).OrderByDescending(user => user.Sum(r => r.Bytes)).SelectMany(
            user => user.OrderByDescending(r => r.Bytes)))
        {
            if (excess <= 0)
                yield break;
            excess -= bytes;
            yield return receiver;
        }
    }
}
