namespace Parley.Server.Scheduling;

/// <summary>
/// A semaphore that lets waiters in by turns of their keys: no key gets a second slot before each key that waits has had one.
/// </summary>
internal sealed class FairGate<TKey>(int slots)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedList<TaskCompletionSource<IDisposable>>> _waiting = [];
    private readonly Queue<TKey> _turns = new();
    private int _free = slots;

    /// <summary>Waits for a slot; dispose the result to give it back.</summary>
    public async Task<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<IDisposable>> node;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }

            if (!_waiting.TryGetValue(key, out var line))
            {
                _waiting.Add(key, line = []);
                _turns.Enqueue(key);
            }

            node = line.AddLast(new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellationToken.Register(() => GiveUp(node, cancellationToken));
        return await node.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<IDisposable>> node, CancellationToken cancellationToken)
    {
        lock (_gate)
            node.List?.Remove(node); // The key stays among the turns; Leave skips it when nobody waits there.
        node.Value.TrySetCanceled(cancellationToken);
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_turns.TryDequeue(out var key))
            {
                var line = _waiting[key];
                var next = line.First;
                if (next is not null)
                    line.RemoveFirst();
                if (line.Count > 0)
                    _turns.Enqueue(key);
                else
                    _waiting.Remove(key);
                if (next?.Value.TrySetResult(new Slot(this)) == true)
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
