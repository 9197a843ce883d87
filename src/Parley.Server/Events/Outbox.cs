using System.Net.Sockets;

namespace Parley.Server.Events;

/// <summary>Bytes that several receivers share. Once an outbox keeps them, their array is theirs and is not written again.</summary>
internal sealed class SharedBytes(byte[] array)
{
    private int _holders;

    public byte[] Array { get; } = array;

    /// <summary>Set by an outbox that could not send at once.</summary>
    public bool IsKept { get; set; }

    /// <summary>One outbox more keeps them. They are in memory once, and count once.</summary>
    public void Hold(WaitingBytes all)
    {
        if (Interlocked.Increment(ref _holders) == 1)
            all.Add(Array.Length);
    }

    public void LetGo(WaitingBytes all)
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            all.Add(-Array.Length);
    }
}

/// <summary>
/// What waits for one connection. Four laws: it never blocks its caller, never reorders, has one writer at a time, and holds no task and no queue while
/// the peer keeps up. Past <see cref="MaxWaitingBytes"/> it refuses, and the connection is to be closed. It locks itself: the lock lies in the object's own header,
/// and a lock of its own would be one more object in no cache for each receiver of a broadcast.
/// </summary>
internal sealed class Outbox(Transport.Transport transport, WaitingBytes all)
{
    /// <summary>The most bytes that wait for one connection, beyond what the kernel holds (docs/protocol.md, "Slow readers").</summary>
    public const int MaxWaitingBytes = 1024 * 1024;

    // With less than this there is room for a long answer.
    private const int FewBytes = 64 * 1024;

    private readonly Transport.Transport _transport = transport;
    private SafeSocketHandle? _freeSocket = transport.PlainSocket;
    private Queue<Piece>? _waiting;
    private Piece? _inFlight;
    private bool _isWrittenOff;
    private int _leaving;
    private int _waitingBytes;
    private TaskCompletionSource? _room;
    private bool _draining;
    private bool _finishing;
    private bool _dead;
    private bool _isFinished;
    private TaskCompletionSource? _finished;

    /// <summary>How many bytes wait, as long as the connection is to go on.</summary>
    public int WaitingCount => Volatile.Read(ref _finishing) || Volatile.Read(ref _dead) ? 0 : Volatile.Read(ref _waitingBytes);

    /// <summary>Called once, when the peer did not keep up: what still waits has to leave soon, or the connection be broken.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>Completes when everything has left after <see cref="Finish"/>, or the connection broke.</summary>
    public Task Finished
    {
        get
        {
            lock (this)
            {
                // Made when somebody waits: an idle connection has none.
                _finished ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_isFinished)
                    _finished.TrySetResult();
                return _finished.Task;
            }
        }
    }

    /// <summary>Sends, or keeps what does not fit the kernel's buffer. False where too much waits already: nothing was taken.</summary>
    public bool TryEnqueue(SharedBytes shared, int start, int length)
    {
        lock (this)
        {
            if (_dead || _finishing || length == 0)
                return true;
            var sent = 0;
            if (!_draining)
            {
                try
                {
                    sent = _transport.TrySend(shared.Array.AsSpan(start, length));
                }
#pragma warning disable CA1031 // Whatever is wrong with one connection ends that one; the caller is the thread that serves them all.
                catch (Exception)
#pragma warning restore CA1031
                {
                    Die();
                    return true;
                }

                if (sent == length && _transport.IsFlushed)
                    return true;
            }

            // Where nothing waits, one piece is taken whatever its size: a page of history may be longer than a quiet peer's share.
            if (_waitingBytes > 0 && _waitingBytes + length - sent > MaxWaitingBytes)
                return false;
            if (sent < length)
                Keep(shared, start + sent, length - sent);
            StartDraining();
            return true;
        }
    }

    /// <summary>
    /// The socket, where nothing waits and its bytes may leave past this outbox; null where they may not. What came of it is told by <see cref="Sent"/>, before anything
    /// else is sent. Read without the lock, which would be two writes to memory in no cache for each receiver of a broadcast: what another thread ends in this moment it
    /// could as well end in the next.
    /// </summary>
    public SafeSocketHandle? FreeSocket => Volatile.Read(ref _freeSocket);

    /// <summary>What came of a send past this outbox that did not take everything: keeps the rest, or ends a connection that is broken.</summary>
    /// <param name="shared">What was sent, from its start.</param>
    /// <param name="length">How many bytes of it.</param>
    /// <param name="result">How many the kernel took; or a negative error number.</param>
    public void Sent(SharedBytes shared, int length, int result)
    {
        lock (this)
        {
            if (_dead)
                return;
            if (result < 0 && result != Transport.LinuxRing.WouldBlock)
            {
                Die();
                return;
            }

            var sent = Math.Max(0, result);
            Keep(shared, sent, length - sent);
            StartDraining();
        }
    }

    /// <summary>The peer did not keep up: drops what waits behind the piece in flight, and sends <paramref name="lastFrame"/> instead.</summary>
    public void Overflow(byte[] lastFrame)
    {
        lock (this)
        {
            if (_dead || _finishing)
                return;
            all.CountClosed();
            // Every piece ends with a whole frame, and the first may have lost its head to the kernel already: it stays, the others go.
            if (_waiting is { Count: > 1 })
            {
                var first = _waiting.Dequeue();
                WriteOff(_waiting);
                _waiting = new Queue<Piece>([first]);
            }

            // What is left goes within seconds, one way or the other: nobody else has to go for it.
            WriteOff(_waiting ?? []);
            if (_inFlight is { } inFlight)
                WriteOff([inFlight]);
            _isWrittenOff = true;
            _leaving = (_inFlight?.Bytes.Length ?? 0) + (_waiting?.Sum(p => p.Bytes.Length) ?? 0);
            all.AddLeaving(_leaving);
            Keep(new SharedBytes(lastFrame), 0, lastFrame.Length);
            _finishing = true;
            TellRoom();
            StartDraining();
        }

        Overflowed?.Invoke();
    }

    /// <summary>Completes when the peer has taken what waited: who asks faster than it reads is answered more slowly, and not closed for its own questions.</summary>
    public Task RoomAsync()
    {
        lock (this)
        {
            if (_dead || _finishing || HasRoom)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Nothing more is taken; when the rest has left, the peer is told so.</summary>
    public void Finish()
    {
        lock (this)
        {
            if (_finishing || _dead)
                return;
            _finishing = true;
            _freeSocket = null;
            if (!_draining)
                Complete();
        }
    }

    /// <summary>Breaks the connection, whatever waits.</summary>
    public void Abort()
    {
        lock (this)
            Die();
    }

    private void Keep(SharedBytes shared, int start, int length)
    {
        // A small piece is copied: it would keep all of a large array alive, and a reader that stopped could hold a hundred times what is counted here.
        var isLargePart = length >= shared.Array.Length / 2;
        shared.IsKept |= isLargePart;
        var piece = isLargePart ? new Piece(shared.Array.AsMemory(start, length), shared) : new Piece(shared.Array.AsSpan(start, length).ToArray(), null);
        (_waiting ??= new Queue<Piece>(2)).Enqueue(piece);
        _waitingBytes += length;
        if (!_isWrittenOff)
            piece.Count(all);
    }

    // Where little memory is left for all of them, a peer has to take everything before it gets the next page.
    private bool HasRoom => _waitingBytes <= (all.IsTight ? 0 : FewBytes);

    private void WriteOff(IEnumerable<Piece> pieces)
    {
        if (_isWrittenOff)
            return;
        foreach (var piece in pieces)
            piece.CountDown(all);
    }

    private void StartDraining()
    {
        if (_draining)
            return;
        _draining = true;
        _freeSocket = null;
        _ = DrainAsync();
    }

    // The one task of a connection whose peer is behind; it ends when the peer has caught up.
    private async Task DrainAsync()
    {
        await Task.Yield(); // Not under the caller's lock.
        try
        {
            while (TakeNext() is { } next)
            {
                await _transport.SendAsync(next, CancellationToken.None);
                lock (this)
                    Took(next.Length);
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
#pragma warning restore CA1031
        {
            lock (this)
                Die();
        }
    }

    private ReadOnlyMemory<byte>? TakeNext()
    {
        lock (this)
        {
            if (_waiting is { Count: > 0 })
            {
                _inFlight = _waiting.Dequeue();
                return _inFlight.Value.Bytes;
            }

            if (!_transport.IsFlushed)
                return ReadOnlyMemory<byte>.Empty;
            _waiting = null;
            _waitingBytes = 0;
            TellRoom();
            _draining = false;
            if (_finishing)
                Complete();
            else
                _freeSocket = _transport.PlainSocket;
            return null;
        }
    }

    private void Took(int bytes)
    {
        _waitingBytes = Math.Max(0, _waitingBytes - bytes);
        if (_inFlight is { } left)
            WriteOff([left]);
        _inFlight = null;
        if (HasRoom)
            TellRoom();
    }

    private void TellRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }

    private void Complete()
    {
        _transport.FinishSending();
        HasLeft();
        _isFinished = true;
        _finished?.TrySetResult();
    }

    private void HasLeft()
    {
        all.AddLeaving(-_leaving);
        _leaving = 0;
    }

    private void Die()
    {
        _dead = true;
        _freeSocket = null;
        _draining = false;
        WriteOff(_waiting ?? []);
        if (_inFlight is { } inFlight)
            WriteOff([inFlight]);
        _isWrittenOff = true;
        HasLeft();
        _waiting = null;
        _inFlight = null;
        TellRoom();
        _transport.Abort();
        _isFinished = true;
        _finished?.TrySetResult();
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
