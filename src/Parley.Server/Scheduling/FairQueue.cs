using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Scheduling;

/// <summary>
/// A round-robin queue: it takes one piece of each key that waits, then the next of each. The pieces of a key keep their order, and a key that queues much
/// delays itself alone. A new key joins behind those that wait, so that a stream of new keys starves nobody. Adding and taking take constant time; an empty key
/// takes no memory. Not thread-safe: its owner locks.
/// </summary>
/// <typeparam name="TKey">Whose: a user, an address.</typeparam>
/// <typeparam name="T">A piece of work.</typeparam>
internal sealed class FairQueue<TKey, T>
    where TKey : notnull
{
    // Lanes are reused, so that a lone piece needs no allocation.
    private const int MostSpareLanes = 64;

    private readonly Dictionary<TKey, Lane> _lanes = [];
    private readonly Queue<Lane> _turns = new();
    private readonly Stack<Lane> _spare = new();

    /// <summary>How many pieces wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many keys have something waiting.</summary>
    public int Keys => _lanes.Count;

    /// <summary>The first piece of each key that waits: the oldest of all is among them.</summary>
    public IEnumerable<T> Firsts => _turns.Select(lane => lane.First);

    /// <summary>How many pieces of a key wait.</summary>
    public int CountOf(TKey key) => _lanes.TryGetValue(key, out var lane) ? lane.Count : 0;

    public void Enqueue(TKey key, T piece)
    {
        if (!_lanes.TryGetValue(key, out var lane))
        {
            lane = _spare.Count > 0 ? _spare.Pop() : new Lane();
            lane.Key = key;
            _lanes.Add(key, lane);
            _turns.Enqueue(lane);
        }

        lane.AddLast(piece);
        Count++;
    }

    /// <summary>Takes the next piece in turn; false where nothing waits.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out T piece)
    {
        if (!_turns.TryDequeue(out var lane))
        {
            piece = default;
            return false;
        }

        piece = lane.RemoveFirst();
        Count--;
        if (lane.Count > 0)
            _turns.Enqueue(lane);
        else
            Forget(lane);
        return true;
    }

    /// <summary>
    /// Where there is no space for a piece of <paramref name="newcomer"/>: takes the last piece of the key with the most in its place. False where that would
    /// take as much from somebody as it gives: then the newcomer is the one to refuse. Looks at every key that waits.
    /// </summary>
    public bool TryEvict(TKey newcomer, [MaybeNullWhen(false)] out T dropped)
    {
        dropped = default;
        return Longest is { } longest && longest.Count > CountOf(newcomer) + 1 && TryDropLast(out dropped);
    }

    /// <summary>Takes the last piece of the key with the most; false where nothing waits. Looks at every key that waits.</summary>
    public bool TryDropLast([MaybeNullWhen(false)] out T dropped)
    {
        dropped = default;
        if (Longest is not { } longest)
            return false;
        dropped = longest.RemoveLast();
        Count--;
        if (longest.Count > 0)
            return true;
        for (var left = _turns.Count; left > 0; left--)
        {
            var lane = _turns.Dequeue();
            if (lane != longest)
                _turns.Enqueue(lane);
        }

        Forget(longest);
        return true;
    }

    private Lane? Longest => _turns.MaxBy(lane => lane.Count);

    private void Forget(Lane lane)
    {
        _lanes.Remove(lane.Key);
        lane.Key = default!; // A spare lane has no key, and nobody asks for it.
        if (_spare.Count < MostSpareLanes && lane.IsSmall)
            _spare.Push(lane);
    }

    /// <summary>What waits of one key: a ring that grows.</summary>
    private sealed class Lane
    {
        private const int SmallSize = 8;

        private T[] _ring = new T[4];
        private int _head;

        public TKey Key { get; set; } = default!; // Set before it is used.

        public int Count { get; private set; }

        public bool IsSmall => _ring.Length <= SmallSize;

        public T First => _ring[_head];

        public void AddLast(T piece)
        {
            if (Count == _ring.Length)
                Grow();
            _ring[(_head + Count) & (_ring.Length - 1)] = piece;
            Count++;
        }

        public T RemoveFirst()
        {
            var piece = _ring[_head];
            _ring[_head] = default!; // Nothing that was taken is kept alive.
            _head = (_head + 1) & (_ring.Length - 1);
            Count--;
            return piece;
        }

        public T RemoveLast()
        {
            Count--;
            ref var last = ref _ring[(_head + Count) & (_ring.Length - 1)];
            var piece = last;
            last = default!; // As above.
            return piece;
        }

        private void Grow()
        {
            var grown = new T[_ring.Length * 2]; // Always a power of two.
            for (var i = 0; i < Count; i++)
                grown[i] = _ring[(_head + i) & (_ring.Length - 1)];
            (_ring, _head) = (grown, 0);
        }
    }
}
