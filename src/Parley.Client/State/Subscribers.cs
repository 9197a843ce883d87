namespace Parley.Client.State;

/// <summary>
/// Who wants to hear of changes. They are called on a thread of the pool, one call at a time, after a change or after several: nobody who changes anything
/// waits for them, least of all the loop that reads the connection.
/// </summary>
internal sealed class Subscribers
{
    // How far they are with what was changed.
    private const int AtRest = 0;
    private const int Telling = 1;
    private const int ChangedMeanwhile = 2;

    private readonly Lock _gate = new();
    private volatile Subscription[] _all = [];
    private int _telling;

    /// <summary>Whether they have yet to hear of a change.</summary>
    internal bool IsTelling => Volatile.Read(ref _telling) != AtRest;

    internal IDisposable Add(Action onChange)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        var subscription = new Subscription(this, onChange);
        lock (_gate)
            _all = [.. _all, subscription];
        return subscription;
    }

    /// <summary>Something was changed.</summary>
    internal void Notify()
    {
        if (Interlocked.Exchange(ref _telling, ChangedMeanwhile) == AtRest)
            ThreadPool.UnsafeQueueUserWorkItem(static subscribers => subscribers.Tell(), this, preferLocal: false);
    }

    private void Tell()
    {
        do
        {
            Volatile.Write(ref _telling, Telling);
            foreach (var subscription in _all)
                subscription.OnChange();
        }
        while (Interlocked.CompareExchange(ref _telling, AtRest, Telling) != Telling);
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _all = [.. _all.Where(other => other != subscription)];
    }

    private sealed class Subscription(Subscribers subscribers, Action onChange) : IDisposable
    {
        internal Action OnChange { get; } = onChange;

        public void Dispose() => subscribers.Remove(this);
    }
}
