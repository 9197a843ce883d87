using System.Net;
using Parley.Server.Transport;

namespace Parley.Benchmarks;

/// <summary>A peer that takes everything at once: what is left is our own cost.</summary>
internal sealed class BottomlessTransport : Transport
{
    public override IPAddress Address => IPAddress.Loopback;

    public override bool IsFlushed => true;

    public override ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    public override int TrySend(ReadOnlySpan<byte> bytes) => bytes.Length;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override bool TryFinishSending(bool isReading) => true;

    public override void Abort()
    {
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
