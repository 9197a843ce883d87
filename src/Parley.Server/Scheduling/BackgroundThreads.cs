using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Parley.Server.Scheduling;

/// <summary>
/// Low-priority threads for long work, which is taken from its keys by turns. They start with the first piece of work: most servers need only some of these
/// pools.
/// </summary>
/// <param name="name">Of the threads.</param>
/// <param name="threads">How many.</param>
/// <typeparam name="TKey">Whose work: a user, an address.</typeparam>
internal sealed class BackgroundThreads<TKey>(string name, int threads) : IDisposable
    where TKey : notnull
{
    private readonly object _gate = new(); // Monitor and not Lock: the threads wait on it.
    private readonly FairQueue<TKey, Action> _waiting = new();
    private bool _isStarted;
    private bool _completed;

    /// <summary>How many pieces wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Adds a piece of work, which does not throw.</summary>
    public void Post(TKey key, Action work)
    {
        lock (_gate)
        {
            if (!_completed)
            {
                _waiting.Enqueue(key, work);
                Start();
                Monitor.Pulse(_gate);
                return;
            }
        }

        ThreadPool.QueueUserWorkItem(static work => work(), work, preferLocal: false); // The server stops, and whoever waits for this must not hang.
    }

    /// <summary>To be awaited: what follows the <c>await</c> is a piece of work.</summary>
    public Turn SwitchTo(TKey key) => new(this, key);

    /// <summary>The threads finish what waits, and end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Start()
    {
        if (_isStarted)
            return;
        _isStarted = true;
        for (var i = 0; i < threads; i++)
            BackgroundThread.Start(name, Work);
    }

    private void Work()
    {
        while (TryTake(out var work))
            work();
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
    {
        lock (_gate)
        {
            while (!_waiting.TryDequeue(out work))
            {
                if (_completed)
                    return false;
                Monitor.Wait(_gate);
            }

            return true;
        }
    }

    /// <summary>Awaitable: the continuation runs on one of the threads, in the key's turn.</summary>
    internal readonly struct Turn(BackgroundThreads<TKey> turns, TKey key) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Turn GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => turns.Post(key, continuation);

        public void UnsafeOnCompleted(Action continuation) => turns.Post(key, continuation);
    }
}
