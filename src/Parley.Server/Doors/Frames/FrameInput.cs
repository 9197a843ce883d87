using System.Buffers;
using System.Buffers.Binary;
using Parley.Protocol.Framing;
using Parley.Server.Limits;

namespace Parley.Server.Doors.Frames;

/// <summary>The frames that a peer sends, one after the other, out of the bytes of its transport. Used by its connection's reader alone.</summary>
internal sealed class FrameInput(Transport.Transport transport, LongFrames longFrames, FrameDeadline deadline) : IDisposable
{
    private const int FirstBufferBytes = 4 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>The longest payload that may come.</summary>
    public int MostPayloadBytes { get; set; } = FrameLimits.MaxPayloadBytes;

    /// <summary>Called where nothing more is there and the next byte has to be waited for.</summary>
    public Action? CaughtUp { get; set; }

    /// <summary>The next frame's payload, good until the next call.</summary>
    public async ValueTask<(FrameReadResult Result, ReadOnlyMemory<byte> Payload)> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Announced > MostPayloadBytes)
                return (FrameReadResult.TooLong, default);
            if (FrameReader.TryRead(_buffer.AsMemory(_start, _end - _start), out var payload, out var consumed) == FrameStatus.Complete)
            {
                _start += consumed;
                deadline.Ended();
                return (FrameReadResult.Whole, payload);
            }

            if (_start == _end)
                await WaitAsync(cancellationToken);
            else
                deadline.Began();
            if (!TryReserve())
                return (FrameReadResult.OutOfMemory, default);
            var received = await transport.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (received == 0)
                return (FrameReadResult.Ended, default);
            _end += received;
        }
    }

    public void Dispose()
    {
        deadline.Dispose();
        Return();
    }

    // The length of the payload that comes; 0 where that is not known yet.
    private uint Announced => _end - _start >= FrameLimits.HeaderBytes ? BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start)) : 0;

    // Nothing half read: an idle connection holds no buffer.
    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        Return();
        var waiting = transport.WaitToReceiveAsync(cancellationToken);
        if (!waiting.IsCompleted)
            CaughtUp?.Invoke();
        await waiting;
    }

    // The buffer grows with what came and never with what was announced: a promise of a megabyte costs nothing.
    private bool TryReserve()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
            return true;
        }

        if (_end < _buffer.Length)
            return true;
        if (_start > _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            return true;
        }

        return TryGrow((int)Math.Min(_buffer.Length * 2L, Math.Max(FrameLimits.HeaderBytes + (long)Announced, _buffer.Length + 1L)));
    }

    private bool TryGrow(int bytes)
    {
        var former = _buffer ?? [];
        var isLong = bytes > LongFrames.FromBytes;
        if (isLong && !longFrames.TryTake(bytes - (former.Length > LongFrames.FromBytes ? former.Length : 0)))
            return false;
        // The pool would keep what is rented once for ever: what is long goes back to the collector.
        var larger = isLong ? GC.AllocateUninitializedArray<byte>(bytes) : ArrayPool<byte>.Shared.Rent(bytes);
        former.AsSpan(_start, _end - _start).CopyTo(larger);
        if (former.Length <= LongFrames.FromBytes)
            ArrayPool<byte>.Shared.Return(former);
        _buffer = larger;
        (_start, _end) = (0, _end - _start);
        return true;
    }

    private void Return()
    {
        if (_buffer is { Length: > LongFrames.FromBytes })
            longFrames.Give(_buffer.Length);
        else if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
