using System.Buffers;
using System.Net;
using System.Net.Security;
using Parley.Server.Scheduling;

namespace Parley.Server.Transport;

/// <summary>
/// What lies under the TLS stream: reads come from the socket; writes go to it during the handshake. Afterwards they are records that lie in memory until
/// somebody sends them without blocking: in a round's buffer, or in an array of this connection. It locks itself, as the outbox does and for the same
/// reason.
/// </summary>
internal sealed class CipherStream(PlainTransport transport) : Stream
{
    private byte[]? _pending;
    private int _start;
    private int _end;
    private bool _collects;
    private bool _sending;
    private bool _closed;
    private SealBuffer? _target;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether encrypted bytes have not left.</summary>
    public bool HasPending
    {
        get
        {
            lock (this)
                return _end > _start;
        }
    }

    /// <summary>During the handshake: what was read is looked at when the turn of its address has come.</summary>
    public BackgroundThreads<IPAddress>? Turns { get; set; }

    /// <summary>From now on reads are the reader's, and writes lie in memory.</summary>
    public void EndHandshake()
    {
        Turns = null;
        _collects = true;
    }

    /// <summary>
    /// Seals bytes into <paramref name="into"/>, behind what is pending, and says how long that became. Whoever else writes meanwhile (the reader's side
    /// may: an alert) waits, and so does <see cref="EndSealing"/>. 0: the buffer was too small for what the TLS stream had to say, all of it is pending
    /// now.
    /// </summary>
    /// <exception cref="IOException">The connection was closed.</exception>
    public int Seal(SslStream tls, byte[] bytes, int from, int length, SealBuffer into)
    {
        lock (this)
        {
            ThrowIfClosed();
            var start = into.Length;
            if (_end == _start || into.TryAppend(_pending.AsSpan(_start, _end - _start)))
            {
                _start = _end;
                ReleaseIfEmpty();
                _target = into;
            }

            var isSealed = false;
            try
            {
                tls.Write(bytes, from, length); // The overload with the shortest path through the TLS stream.
                isSealed = true;
            }
            finally
            {
                _target = null;
                if (!isSealed)
                    into.Truncate(start);
            }

            if (_end == _start)
                return into.Length - start;
            PutInFront(into.Sealed[start..]);
            into.Truncate(start);
            return 0;
        }
    }

    /// <summary>Seals bytes behind what is pending.</summary>
    /// <exception cref="IOException">The connection was closed.</exception>
    public void Seal(SslStream tls, ReadOnlySpan<byte> bytes)
    {
        lock (this)
        {
            ThrowIfClosed();
            tls.Write(bytes);
        }
    }

    /// <summary>Has the TLS stream say that nothing more comes; what it says is pending then.</summary>
    public void SealGoodbye(SslStream tls)
    {
        lock (this)
        {
            if (!_closed)
                _ = tls.ShutdownAsync(); // It writes into memory, and is complete.
        }
    }

    /// <summary>Takes back what was sealed and has not left: it goes before what came to be pending since.</summary>
    public void KeepSealed(ReadOnlySpan<byte> rest)
    {
        lock (this)
            PutInFront(rest);
    }

    /// <summary>Waits for who seals now; nothing is sealed any more.</summary>
    public void EndSealing()
    {
        lock (this)
            _closed = true;
    }

    /// <summary>Sends what is pending as far as the kernel has space; true where nothing is left.</summary>
    public bool TryFlush()
    {
        lock (this)
        {
            if (_end > _start)
                _start += transport.TrySend(_pending.AsSpan(_start, _end - _start));
            return ReleaseIfEmpty();
        }
    }

    /// <summary>Sends what is pending, waiting for space. The outbox sees to it that nobody else sends meanwhile.</summary>
    public async ValueTask FlushPendingAsync(CancellationToken cancellationToken)
    {
        while (!TryFlush())
        {
            ReadOnlyMemory<byte> pending;
            lock (this)
            {
                pending = _pending.AsMemory(_start, _end - _start);
                _sending = true;
            }

            await transport.SendAsync(pending, cancellationToken);
            lock (this)
            {
                _sending = false;
                _start += pending.Length;
                ReleaseIfEmpty();
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (this)
        {
            if (_target is { } target && target.TryAppend(buffer))
                return;
            _target = null; // What follows must not overtake this.
            Append(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_collects)
            Write(buffer.Span);
        else
            await transport.SendAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Turns is { } turns ? ReadInTurnAsync(buffer, turns, cancellationToken) : transport.ReceiveAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The TLS stream continues on the background thread.
    private async ValueTask<int> ReadInTurnAsync(Memory<byte> buffer, BackgroundThreads<IPAddress> turns, CancellationToken cancellationToken)
    {
        var read = await transport.ReceiveAsync(buffer, cancellationToken);
        if (read > 0)
            await turns.SwitchTo(transport.Address);
        return read;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new IOException("The connection was closed.");
    }

    private void PutInFront(ReadOnlySpan<byte> bytes)
    {
        var behind = _end > _start ? _pending.AsSpan(_start, _end - _start).ToArray() : [];
        _start = _end = 0;
        Append(bytes);
        Append(behind);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_pending.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_pending is not null && _pending.Length - _end >= count)
            return;
        var grown = ArrayPool<byte>.Shared.Rent(_end - _start + count);
        if (_pending is not null)
        {
            _pending.AsSpan(_start, _end - _start).CopyTo(grown);
            // The reader's side may write, too (an alert): then the kernel may be reading the old array, and the collector frees it later.
            if (!_sending)
                ArrayPool<byte>.Shared.Return(_pending);
        }

        _end -= _start;
        _start = 0;
        _pending = grown;
    }

    // An idle connection holds no buffer.
    private bool ReleaseIfEmpty()
    {
        if (_end > _start)
            return false;
        if (_pending is not null)
            ArrayPool<byte>.Shared.Return(_pending);
        _pending = null;
        _start = _end = 0;
        return true;
    }
}
