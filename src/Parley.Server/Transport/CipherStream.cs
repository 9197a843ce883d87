using System.Buffers;

namespace Parley.Server.Transport;

/// <summary>
/// What lies under the TLS stream: reads come from the socket; writes go to it during the handshake, and are collected in memory afterwards, from where
/// <see cref="TlsTransport"/> sends them without blocking.
/// </summary>
internal sealed class CipherStream(PlainTransport transport) : Stream
{
    private readonly Lock _gate = new();
    private byte[]? _pending;
    private int _start;
    private int _end;
    private bool _collects;
    private bool _sending;

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
            lock (_gate)
                return _end > _start;
        }
    }

    public void CollectWrites() => _collects = true;

    /// <summary>Sends what is pending as far as the kernel has room; true where nothing is left.</summary>
    public bool TryFlush()
    {
        lock (_gate)
        {
            if (_end > _start)
                _start += transport.TrySend(_pending.AsSpan(_start, _end - _start));
            return ReleaseIfEmpty();
        }
    }

    /// <summary>Sends what is pending, waiting for room. The outbox sees to it that nobody else sends meanwhile.</summary>
    public async ValueTask FlushPendingAsync(CancellationToken cancellationToken)
    {
        while (!TryFlush())
        {
            ReadOnlyMemory<byte> pending;
            lock (_gate)
            {
                pending = _pending.AsMemory(_start, _end - _start);
                _sending = true;
            }

            await transport.SendAsync(pending, cancellationToken);
            lock (_gate)
            {
                _sending = false;
                _start += pending.Length;
                ReleaseIfEmpty();
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            Reserve(buffer.Length);
            buffer.CopyTo(_pending.AsSpan(_end));
            _end += buffer.Length;
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
        transport.ReceiveAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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
