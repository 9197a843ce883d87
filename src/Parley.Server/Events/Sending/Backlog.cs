namespace Parley.Server.Events.Sending;

/// <summary>The bytes that wait for one connection whose peer is behind, in order, and their share of the memory of all. Its outbox locks.</summary>
internal sealed class Backlog(WaitingBytes all)
{
    private readonly Queue<Piece> _pieces = new(2);
    private Piece? _inFlight;
    private int _sealedBytes;
    private bool _isDismissed;
    private int _leaving;

    /// <summary>How many bytes wait.</summary>
    public int Bytes { get; private set; }

    public void Keep(SharedBytes shared, int start, int length)
    {
        // A small piece is copied: it would keep all of a large array alive, and a reader that stopped could hold a hundred times what is counted here.
        var isLargePart = length >= shared.Array.Length / 2;
        shared.IsKept |= isLargePart;
        var piece = isLargePart ? new Piece(shared.Array.AsMemory(start, length), shared) : new Piece(shared.Array.AsSpan(start, length).ToArray(), null);
        _pieces.Enqueue(piece);
        Bytes += length;
        if (!_isDismissed)
            piece.Count(all);
    }

    /// <summary>Counts sealed bytes, which lie with the transport and leave before all else.</summary>
    public void KeepSealed(int bytes)
    {
        _sealedBytes += bytes;
        Bytes += bytes;
        if (!_isDismissed)
            all.Add(bytes);
    }

    /// <summary>The next piece; it is in flight until <see cref="Took"/>. Null where none waits.</summary>
    public ReadOnlyMemory<byte>? TakeNext()
    {
        if (!_pieces.TryDequeue(out var piece))
            return null;
        _inFlight = piece;
        return piece.Bytes;
    }

    /// <summary>The transport took the piece in flight, and what was sealed before it.</summary>
    public void Took(int bytes)
    {
        Bytes = Math.Max(0, Bytes - bytes - _sealedBytes);
        if (!_isDismissed)
        {
            all.Add(-_sealedBytes);
            _inFlight?.CountDown(all);
        }

        _sealedBytes = 0;
        _inFlight = null;
    }

    /// <summary>Drops all pieces but the first, whose head may have left already.</summary>
    public void DropRest()
    {
        if (!_pieces.TryDequeue(out var first))
            return;
        foreach (var piece in _pieces)
        {
            if (!_isDismissed)
                piece.CountDown(all);
        }

        _pieces.Clear();
        _pieces.Enqueue(first);
    }

    /// <summary>The connection has to go: what is left does not count any more among what waits, but among what is leaving.</summary>
    public void Dismiss()
    {
        if (_isDismissed)
            return;
        CountDown();
        _isDismissed = true;
        _leaving = (_inFlight?.Bytes.Length ?? 0) + _sealedBytes + _pieces.Sum(piece => piece.Bytes.Length);
        all.AddLeaving(_leaving);
    }

    /// <summary>The bytes are not kept any more: they left, or never will.</summary>
    public void Drop()
    {
        if (_isDismissed)
            all.AddLeaving(-_leaving);
        else
            CountDown();
    }

    private void CountDown()
    {
        all.Add(-_sealedBytes);
        _inFlight?.CountDown(all);
        foreach (var piece in _pieces)
            piece.CountDown(all);
    }

    /// <summary>Bytes that wait: a part of what several share, or a copy of our own.</summary>
    private readonly record struct Piece(ReadOnlyMemory<byte> Bytes, SharedBytes? Shared)
    {
        public void Count(WaitingBytes all)
        {
            if (Shared is null)
                all.Add(Bytes.Length);
            else
                Shared.Hold(all);
        }

        public void CountDown(WaitingBytes all)
        {
            if (Shared is null)
                all.Add(-Bytes.Length);
            else
                Shared.LetGo(all);
        }
    }
}
