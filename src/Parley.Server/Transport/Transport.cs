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

    /// <summary>Takes as many of <paramref name="bytes"/> as the kernel has space for, now.</summary>
    /// <returns>How many were taken. Fewer than given: the rest goes by <see cref="SendAsync"/>.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// The socket, where bytes may be sent to it past <see cref="TrySend"/>: as they are, or what <see cref="Seal"/> made of them. Null where they may
    /// not.
    /// </summary>
    public virtual SafeSocketHandle? Socket => null;

    /// <summary>Whether bytes have to be sealed before they leave.</summary>
    public virtual bool Seals => false;

    /// <summary>How long <paramref name="length"/> bytes can become at the most when they are sealed.</summary>
    public virtual int SealedBytes(int length) => length;

    /// <summary>
    /// Appends to <paramref name="into"/> what has to leave by <see cref="Socket"/>, before anything else, so that the peer gets these bytes. Of that,
    /// what the kernel does not take is given back by <see cref="KeepSealed"/>: it cannot be sealed again.
    /// </summary>
    /// <returns>How many bytes were appended. None: these bytes were taken, and leave by <see cref="SendAsync"/>.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public virtual int Seal(byte[] bytes, int start, int length, SealBuffer into) => throw new NotSupportedException("Nothing is sealed here.");

    /// <summary>Takes back sealed bytes that have not left; they are the next to leave.</summary>
    public virtual void KeepSealed(ReadOnlySpan<byte> rest) => throw new NotSupportedException("Nothing is sealed here.");

    /// <summary>Whether everything that <see cref="TrySend"/> took has left this process.</summary>
    public abstract bool IsFlushed { get; }

    /// <summary>Sends all of <paramref name="bytes"/>, waiting for space; with nothing, what was taken before and has not left.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Tells the peer that nothing more comes, where everything has left.</summary>
    /// <param name="isReading">Whether the reader may still be at it.</param>
    /// <returns>False where something has to leave first by <see cref="SendAsync"/>; then this is called again.</returns>
    public abstract bool TryFinishSending(bool isReading);

    /// <summary>Breaks the connection at once; a pending receive or send fails.</summary>
    public abstract void Abort();

    public abstract ValueTask DisposeAsync();
}
