namespace Parley.Client.State;

/// <summary>
/// The subscribers of changes. They are called on a thread of the pool, one at a time, once after one change or several, so that the loop that reads the
/// connection never waits for them.
/// </summary>
internal sealed class Subscribers
{
    // Whether they have been called since the last change.
    private const int Idle = 0;
    private const int Notifying = 1;
    private const int ChangedMeanwhile = 2;

    private readonly Lock _gate = new();
    private volatile Subscription[] _all = [];
    private int _notifying;

    /// <summary>Whether some were not called yet since the last change.</summary>
    internal bool IsNotifying => Volatile.Read(ref _notifying) != Idle;

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
        if (Interlocked.Exchange(ref _notifying, ChangedMeanwhile) == Idle)
            ThreadPool.UnsafeQueueUserWorkItem(static subscribers => subscribers.NotifyAll(), this, preferLocal: false);
    }

    private void NotifyAll()
    {
        do
        {
            Volatile.Write(ref _notifying, Notifying);
            foreach (var subscription in _all)
                subscription.OnChange();
        }
        while (Interlocked.CompareExchange(ref _notifying, Idle, Notifying) != Notifying);
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
