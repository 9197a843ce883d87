using System.Diagnostics;

namespace Parley.Server.Events;

/// <summary>A queue of many producers and one consumer, which takes everything that waits at once and so has one round for all of it.</summary>
internal sealed class BatchQueue<T>
{
    private readonly object _gate = new(); // Monitor and not Lock: the consumer waits on it.
    private List<T> _waiting = [];
    private long _waitsSince; // Of the oldest that waits.
    private bool _completed;

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
    public bool Add(T item)
    {
        lock (_gate)
        {
            if (_completed)
                return false;
            _waiting.Add(item);
            Added(1);
            return true;
        }
    }

    /// <summary>Adds several, next to each other; false after <see cref="Complete"/>.</summary>
    public bool AddRange(IReadOnlyCollection<T> items)
    {
        if (items.Count == 0)
            return true;
        lock (_gate)
        {
            if (_completed)
                return false;
            _waiting.AddRange(items);
            Added(items.Count);
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

    /// <summary>Waits until there is something; <paramref name="timeout"/> ends the wait early. False when completed and empty.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public bool Wait(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_completed)
                Monitor.Wait(_gate, timeout);
            return _waiting.Count > 0 || !_completed;
        }
    }

    /// <summary>Takes all that waits.</summary>
    /// <param name="batch">An empty list; it is given in exchange for the full one.</param>
    public void TakeAll(ref List<T> batch)
    {
        lock (_gate)
            (_waiting, batch) = (batch, _waiting);
    }

    // Wakes the consumer for the first one only: it takes all.
    private void Added(int count)
    {
        if (_waiting.Count > count)
            return;
        _waitsSince = Stopwatch.GetTimestamp();
        Monitor.Pulse(_gate);
    }
}
