namespace Parley.Server.Scheduling;

/// <summary>
/// A semaphore that lets waiters in by turns of their keys: no key gets a second slot before each key that waits has had one.
/// </summary>
internal sealed class FairGate<TKey>(int slots)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly FairQueue<TKey, TaskCompletionSource<IDisposable>> _waiting = new();
    private int _free = slots;

    /// <summary>Waits for a slot; dispose the result to give it back.</summary>
    public async Task<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<IDisposable> waiter;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }

            waiter = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(key, waiter);
        }

        await using var registration = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        return await waiter.Task;
    }

    private void Leave()
    {
        lock (_gate)
        {
            // A waiter that was cancelled is still in the queue, and is skipped.
            while (_waiting.TryDequeue(out var waiter))
            {
                if (waiter.TrySetResult(new Slot(this)))
                    return;
            }

            _free++;
        }
    }

    private sealed class Slot(FairGate<TKey> gate) : IDisposable
    {
        private FairGate<TKey>? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
