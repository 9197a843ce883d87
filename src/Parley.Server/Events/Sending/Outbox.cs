using System.Net.Sockets;

namespace Parley.Server.Events.Sending;

/// <summary>
/// What waits for one connection. Four laws: it never blocks its caller, never reorders, has one writer at a time, and holds no task and no queue while
/// the peer keeps up. Past <see cref="MaxWaitingBytes"/> it refuses, and the connection is to be closed. It locks itself: the lock lies in the object's own
/// header, and a lock of its own would be one more object in no cache for each receiver of a broadcast.
/// </summary>
internal sealed class Outbox(Transport.Transport transport, WaitingBytes all)
{
    /// <summary>The most bytes that wait for one connection, beyond what the kernel holds (docs/protocol.md, "Slow readers").</summary>
    public const int MaxWaitingBytes = 1024 * 1024;

    // With less than this there is space for a long answer.
    private const int FewBytes = 64 * 1024;

    private readonly Transport.Transport _transport = transport;
    private readonly bool _seals = transport.Seals;
    private SafeSocketHandle? _freeSocket = transport.Socket;
    private Backlog? _backlog; // Null while the peer keeps up.
    private TaskCompletionSource? _drained;
    private bool _draining;
    private bool _finishing;
    private bool _isOverflown;
    private bool _dead;
    private bool _isFinished;
    private TaskCompletionSource? _finished;

    /// <summary>How many bytes wait, as long as the connection is to go on.</summary>
    public int WaitingCount => Volatile.Read(ref _finishing) || Volatile.Read(ref _dead) ? 0 : Volatile.Read(ref _backlog)?.Bytes ?? 0;

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
            if (_backlog is { Bytes: > 0 and var waiting } && waiting + length - sent > MaxWaitingBytes)
                return false;
            if (sent < length)
                Kept.Keep(shared, start + sent, length - sent);
            StartDraining();
            return true;
        }
    }

    /// <summary>
    /// The socket, while nothing waits and bytes may be sent to it directly; else null. The result of such a send is told by <see cref="Sent"/>, before
    /// anything else is sent. It is read without the lock, which would cost two writes to uncached memory for each receiver of a broadcast. Another thread may
    /// close the connection just after; that is the same as just before.
    /// </summary>
    public SafeSocketHandle? FreeSocket => Volatile.Read(ref _freeSocket);

    /// <summary>Whether bytes that are sent directly have to be sealed by <see cref="Seal"/>. Beside <see cref="FreeSocket"/>, for the same reason.</summary>
    public bool Seals => _seals;

    /// <summary>How long <paramref name="length"/> bytes can become when they are sealed.</summary>
    public int SealedBytes(int length) => _transport.SealedBytes(length);

    /// <summary>Seals bytes that are about to be sent directly; the result is told by <see cref="SentSealed"/>.</summary>
    /// <returns>How many bytes have to be sent. None: there is nothing to send past this outbox.</returns>
    public int Seal(SharedBytes shared, int length, Transport.SealBuffer into)
    {
        try
        {
            var bytes = _transport.Seal(shared.Array, 0, length, into);
            if (bytes == 0)
                SentSealed([], 0);
            return bytes;
        }
#pragma warning disable CA1031 // As in TryEnqueue.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
            return 0;
        }
    }

    /// <summary>What came of a send of sealed bytes that did not take everything.</summary>
    /// <param name="bytes">The sealed bytes; not kept.</param>
    /// <param name="result">How many the kernel took; or a negative error number.</param>
    public void SentSealed(ReadOnlySpan<byte> bytes, int result)
    {
        lock (this)
        {
            if (IsBroken(result))
                return;
            var rest = bytes[Math.Max(0, result)..];
            if (rest.Length > 0)
                _transport.KeepSealed(rest);
            Kept.KeepSealed(rest.Length);
            StartDraining();
        }
    }

    /// <summary>What came of a send past this outbox that did not take everything: keeps the rest, or ends a connection that is broken.</summary>
    /// <param name="shared">What was sent, from its start.</param>
    /// <param name="length">How many bytes of it.</param>
    /// <param name="result">How many the kernel took; or a negative error number.</param>
    public void Sent(SharedBytes shared, int length, int result)
    {
        lock (this)
        {
            if (IsBroken(result))
                return;
            var sent = Math.Max(0, result);
            Kept.Keep(shared, sent, length - sent);
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
            Kept.DropRest();
            Kept.Dismiss();
            Kept.Keep(new SharedBytes(lastFrame), 0, lastFrame.Length);
            _finishing = _isOverflown = true;
            SignalSpace();
            StartDraining();
        }

        Overflowed?.Invoke();
    }

    /// <summary>
    /// Completes when the peer has taken what waited: who asks faster than it reads is answered more slowly, and not closed for its own questions.
    /// </summary>
    public Task WaitForSpaceAsync()
    {
        lock (this)
        {
            if (_dead || _finishing || HasSpace)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
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

    private bool IsBroken(int result)
    {
        if (!_dead && result < 0 && result != Transport.SendBatch.WouldBlock)
            Die();
        return _dead;
    }

    private Backlog Kept => _backlog ??= new Backlog(all);

    // Where little memory is left for all of them, a peer has to take everything before it gets the next page.
    private bool HasSpace => _backlog is null || _backlog.Bytes <= (all.IsTight ? 0 : FewBytes);

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
            if (_backlog?.TakeNext() is { } next)
                return next;
            if (!_transport.IsFlushed)
                return ReadOnlyMemory<byte>.Empty;
            LetBacklogGo();
            SignalSpace();
            _draining = false;
            if (_finishing)
                Complete();
            else
                _freeSocket = _transport.Socket;
            return null;
        }
    }

    private void Took(int bytes)
    {
        _backlog?.Took(bytes);
        if (HasSpace)
            SignalSpace();
    }

    private void LetBacklogGo()
    {
        _backlog?.Drop();
        _backlog = null;
    }

    private void SignalSpace()
    {
        _drained?.TrySetResult();
        _drained = null;
    }

    private void Complete()
    {
        // Who did not keep up may still be read from; all others end when their reader has.
        if (!_transport.TryFinishSending(isReading: _isOverflown))
        {
            StartDraining();
            return;
        }

        _isFinished = true;
        _finished?.TrySetResult();
    }

    private void Die()
    {
        _dead = true;
        _freeSocket = null;
        _draining = false;
        LetBacklogGo();
        SignalSpace();
        _transport.Abort();
        _isFinished = true;
        _finished?.TrySetResult();
    }
}
