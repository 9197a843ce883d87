using System.Diagnostics;

namespace Parley.Server.Events;

/// <summary>
/// Many producers, one consumer at a time that takes all that waits at once: what a loop needs that pays a fixed price per round (a sync, a send). The consumer is
/// a thread that waits here; but where nothing waits and nobody is at work, who adds something may take the turn and do the round itself, which saves waking the
/// thread. What was added under a turn waits for its end, so rounds never overlap and keep the order.
/// </summary>
internal sealed class BatchQueue<T>
{
    private readonly object _gate = new(); // Monitor and not Lock: the consumer waits on it.
    private List<T> _waiting = [];
    private long _waitsSince; // Of the oldest that waits.
    private bool _completed;
    private bool _isTaken;
    private bool _isAwaited; // The thread wants the turn of somebody else.
    private bool _hasTimer; // The thread waits no longer than its timeout.

    /// <summary>How many wait, and for how long the oldest of them has.</summary>
    public (int Depth, TimeSpan OldestAge) Waiting
    {
        get
        {
            lock (_gate)
                return (_waiting.Count, _waiting.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_waitsSince));
        }
    }

    /// <summary>Adds one; false after <see cref="Complete"/>.</summary>
    public bool Add(T item) => Add(item, mayTake: false, out _);

    /// <summary>Adds one, and takes the turn where that is free.</summary>
    /// <param name="item">What to add.</param>
    /// <param name="mayTake">Whether the caller would do the round.</param>
    /// <param name="isTaken">Whether the turn is the caller's now: it has to take all that waits and to end the turn.</param>
    /// <returns>False after <see cref="Complete"/>: nothing was added.</returns>
    public bool Add(T item, bool mayTake, out bool isTaken)
    {
        isTaken = false;
        lock (_gate)
        {
            if (_completed)
                return false;
            _waiting.Add(item);
            isTaken = Added(1, mayTake);
            return true;
        }
    }

    /// <summary>Adds several, next to each other, and takes the turn as with one.</summary>
    public bool AddRange(IReadOnlyCollection<T> items, bool mayTake, out bool isTaken)
    {
        isTaken = false;
        if (items.Count == 0)
            return true;
        lock (_gate)
        {
            if (_completed)
                return false;
            _waiting.AddRange(items);
            isTaken = Added(items.Count, mayTake);
            return true;
        }
    }

    /// <summary>No more is added; what waits is still taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until there is something, and takes the turn; <paramref name="timeout"/> ends the wait early. False when completed and empty.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public bool Wait(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_completed)
            {
                _hasTimer = timeout != Timeout.InfiniteTimeSpan;
                Monitor.Wait(_gate, timeout);
                _hasTimer = false;
            }

            _isAwaited = true;
            while (_isTaken)
                Monitor.Wait(_gate);
            _isAwaited = false;
            _isTaken = _waiting.Count > 0 || !_completed;
            return _isTaken;
        }
    }

    /// <summary>Takes all that waits. For whoever has the turn.</summary>
    /// <param name="batch">An empty list; it is given in exchange for the full one.</param>
    public void TakeAll(ref List<T> batch)
    {
        lock (_gate)
            (_waiting, batch) = (batch, _waiting);
    }

    /// <summary>Gives the turn back; what came meanwhile is the thread's.</summary>
    /// <param name="needsTimer">Whether the thread must not sleep for ever: it is woken to look for how long, unless it knows that already.</param>
    public void EndTurn(bool needsTimer = false)
    {
        lock (_gate)
        {
            _isTaken = false;
            if (_waiting.Count > 0 || _isAwaited || (needsTimer && !_hasTimer))
                Monitor.Pulse(_gate);
        }
    }

    // Wakes the thread for the first one only; with somebody else's turn under way, the end of that does.
    private bool Added(int count, bool mayTake)
    {
        if (_waiting.Count == count)
            _waitsSince = Stopwatch.GetTimestamp();
        if (_isTaken || _waiting.Count > count)
            return false;
        if (!mayTake || _isAwaited)
        {
            Monitor.Pulse(_gate);
            return false;
        }

        return _isTaken = true;
    }
}
