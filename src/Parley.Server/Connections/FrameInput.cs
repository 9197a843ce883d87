using System.Buffers;
using Parley.Protocol.Framing;

namespace Parley.Server.Connections;

/// <summary>The frames that a peer sends, one after the other, out of the bytes of its transport. Used by its connection's reader alone.</summary>
internal sealed class FrameInput(Transport.Transport transport) : IDisposable
{
    private const int FirstBufferBytes = 4 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>Called where nothing more is there and the next byte has to be waited for.</summary>
    public Action? CaughtUp { get; set; }

    /// <summary>The next frame's payload, good until the next call. Incomplete: the peer has finished. Too long: it broke the framing.</summary>
    public async ValueTask<(FrameStatus Status, ReadOnlyMemory<byte> Payload)> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = FrameReader.TryRead(_buffer.AsMemory(_start, _end - _start), out var payload, out var consumed);
            _start += consumed;
            if (status != FrameStatus.Incomplete)
                return (status, payload);
            if (_start == _end)
                await WaitAsync(cancellationToken);
            MakeRoom();
            var received = await transport.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (received == 0)
                return (FrameStatus.Incomplete, default);
            _end += received;
        }
    }

    public void Dispose() => Return();

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
    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
            return;
        }

        if (_end < _buffer.Length)
            return;
        var larger = _start > _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        if (larger != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        (_start, _end) = (0, _end - _start);
    }

    private void Return()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
