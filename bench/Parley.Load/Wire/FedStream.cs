using System.Threading.Tasks.Sources;

namespace Parley.Load.Wire;

/// <summary>The inner stream of TLS: reads wait for <see cref="Push"/>, writes go straight to the socket. One reader, as SslStream is.</summary>
internal sealed class FedStream(Connection connection) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _wanted;
    private bool _isWaiting;
    private byte[] _left = [];
    private int _leftStart;
    private int _leftCount;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Hands over received bytes; a waiting read, and all that follows from it, runs before this returns.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        var direct = 0;
        if (_isWaiting && _leftCount == 0)
        {
            direct = Math.Min(bytes.Length, _wanted.Length);
            bytes[..direct].CopyTo(_wanted.Span);
        }

        Keep(bytes[direct..]);
        if (!_isWaiting)
            return;
        _isWaiting = false;
        _read.SetResult(direct);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_leftCount > 0)
        {
            var count = Math.Min(_leftCount, buffer.Length);
            _left.AsSpan(_leftStart, count).CopyTo(buffer.Span);
            _leftStart += count;
            _leftCount -= count;
            return new ValueTask<int>(count);
        }

        _read.Reset();
        _wanted = buffer;
        _isWaiting = true;
        return new ValueTask<int>(this, _read.Version);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => connection.SendRaw(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        connection.SendRaw(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The loop's thread never waits.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public int GetResult(short token) => _read.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (_leftCount == 0)
            _leftStart = 0;
        if (_leftStart + _leftCount + bytes.Length > _left.Length)
        {
            var larger = new byte[Math.Max(_leftCount + bytes.Length, 4096)];
            _left.AsSpan(_leftStart, _leftCount).CopyTo(larger);
            _left = larger;
            _leftStart = 0;
        }

        bytes.CopyTo(_left.AsSpan(_leftStart + _leftCount));
        _leftCount += bytes.Length;
    }
}
