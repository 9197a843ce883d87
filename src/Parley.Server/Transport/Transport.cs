using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Transport;

/// <summary>
/// The bytes of one connection. Receiving is asynchronous and belongs to the connection's one reader; sending never blocks and belongs to whoever holds
/// the outbox's lock.
/// </summary>
internal abstract class Transport : IAsyncDisposable
{
    /// <summary>Where the peer is, as limits count it.</summary>
    public abstract IPAddress Address { get; }

    /// <summary>Completes, with 0, when there is something to receive (or the peer is gone), without holding a buffer meanwhile.</summary>
    public abstract ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Receives into <paramref name="buffer"/>; 0 means that the peer has finished.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Takes as many of <paramref name="bytes"/> as the kernel has room for, now.</summary>
    /// <returns>How many were taken. Fewer than given: the rest goes by <see cref="SendAsync"/>.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>The socket, where bytes leave by it as they are; null where they have to pass <see cref="TrySend"/>.</summary>
    public virtual SafeSocketHandle? PlainSocket => null;

    /// <summary>Whether everything that <see cref="TrySend"/> took has left this process.</summary>
    public abstract bool IsFlushed { get; }

    /// <summary>Sends all of <paramref name="bytes"/>, waiting for room; with nothing, what was taken before and has not left.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Tells the peer that nothing more comes.</summary>
    public abstract void FinishSending();

    /// <summary>Breaks the connection at once; a pending receive or send fails.</summary>
    public abstract void Abort();

    public abstract ValueTask DisposeAsync();
}
