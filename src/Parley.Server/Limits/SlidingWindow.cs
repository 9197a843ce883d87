using System.Collections.Concurrent;

namespace Parley.Server.Limits;

/// <summary>At most so many in any period, for each key. Refused attempts do not count.</summary>
/// <param name="most">0: no limit.</param>
/// <param name="period">The window's length; it slides.</param>
/// <param name="time">The clock; its monotonic side, so that a clock set back frees nobody and holds nobody.</param>
internal sealed class SlidingWindow<TKey>(int most, TimeSpan period, TimeProvider time)
    where TKey : notnull
{
    private const int TakesBetweenSweeps = 10_000;

    private readonly ConcurrentDictionary<TKey, Queue<long>> _taken = [];
    private int _takes;

    /// <summary>Counts one. False where the window is full; <paramref name="wait"/> is then how long it stays full.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="at">When it came, where that is not now.</param>
    public bool TryTake(TKey key, out TimeSpan wait, long? at = null)
    {
        wait = TimeSpan.Zero;
        if (most == 0)
            return true;
        if (Interlocked.Increment(ref _takes) % TakesBetweenSweeps == 0)
            Sweep();
        while (true)
        {
            var taken = _taken.GetOrAdd(key, static _ => new Queue<long>());
            lock (taken)
            {
                // Swept away between the two lines above: take a new one.
                if (!_taken.TryGetValue(key, out var current) || current != taken)
                    continue;
                var now = at ?? time.GetTimestamp();
                Expire(taken, now);
                if (taken.Count >= most)
                {
                    wait = period - time.GetElapsedTime(taken.Peek(), now);
                    return false;
                }

                taken.Enqueue(now);
                return true;
            }
        }
    }

    /// <summary>Takes back the latest one.</summary>
    public void GiveBack(TKey key)
    {
        if (!_taken.TryGetValue(key, out var taken))
            return;
        lock (taken)
        {
            for (var left = taken.Count - 1; left > 0; left--)
                taken.Enqueue(taken.Dequeue());
            taken.TryDequeue(out _);
            if (taken.Count == 0)
                _taken.TryRemove(new KeyValuePair<TKey, Queue<long>>(key, taken));
        }
    }

    private void Expire(Queue<long> taken, long now)
    {
        while (taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= period)
            taken.Dequeue();
    }

    // Keys without attempts are removed: an attacker may use many addresses.
    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (key, taken) in _taken)
        {
            lock (taken)
            {
                Expire(taken, now);
                if (taken.Count == 0)
                    _taken.TryRemove(new KeyValuePair<TKey, Queue<long>>(key, taken));
            }
        }
    }
}
