using System.Net.Sockets;
using Parley.Server.Transport;

namespace Parley.Server.Events.Sending;

/// <summary>
/// Sends the same bytes to many sockets by one system call, where the system has one for that. Of separate sends a third of the time is the way into the kernel
/// and back, where a receiver's process may also take the processor (docs/performance.md, "What was changed"). For TLS the bytes are sealed into one buffer
/// first (docs/adr/0016). Only connections for which nothing waits take part; all others send by their outbox. Used by the fan-out's thread alone. While an
/// outbox drains, its <see cref="Outbox.FreeSocket"/> is null, so that no other bytes come between.
/// </summary>
internal sealed class Burst(SendBatch sends) : IDisposable
{
    // While the first peers read, the bytes of the next are sealed. Of 16, 32, 64, 128 and 256 at a time this takes the least time and the least processor
    // (docs/performance.md, "What was changed"); plain sends, which seal nothing, gain nothing by it.
    private const int SealedAtATime = 32;

    private readonly Part[] _parts = new Part[SendBatch.Entries];
    private SealBuffer? _sealed;
    private int _count;

    /// <summary>Sends to all of <paramref name="receivers"/> who get nothing of their own in this round.</summary>
    public unsafe void Send(ReadOnlySpan<Receiver> receivers, SharedBytes bytes, int length)
    {
        fixed (byte* start = bytes.Array)
        {
            foreach (var receiver in receivers)
            {
                if (receiver.Own is not null || receiver.IsClosed)
                    continue;
                if (!TryAdd(receiver.Outbox, bytes, (nint)start, length))
                    Sender.Send(receiver, bytes, 0, length);
                else if (_count == (receiver.Outbox.Seals ? SealedAtATime : SendBatch.Entries))
                    Submit(bytes, length);
            }

            Submit(bytes, length);
        }
    }

    public void Dispose()
    {
        sends.Dispose();
        _sealed?.Dispose();
    }

    private bool TryAdd(Outbox outbox, SharedBytes bytes, nint start, int length)
    {
        if (outbox.FreeSocket is not { } socket)
            return false;
        var from = 0;
        if (outbox.Seals)
        {
            if (!TryReserve(outbox.SealedBytes(length), bytes, length, out var buffer))
                return false; // By its outbox, a record at a time.
            from = buffer.Length;
            start = buffer.At(from);
            if (outbox.Seal(bytes, length, buffer) is var sealedBytes && sealedBytes == 0)
                return true; // It waits already, or the connection has ended.
            length = sealedBytes;
        }

        var isHeld = false;
        try
        {
            // Until the call has returned nobody can close it and give its number to another. Not before it is sealed: where that fails the socket is closed.
            socket.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            outbox.Abort();
            return true;
        }

        _parts[_count++] = new Part(outbox, socket, from, length);
        sends.Add((int)socket.DangerousGetHandle(), start, length);
        return true;
    }

    private bool TryReserve(int needed, SharedBytes bytes, int length, out SealBuffer buffer)
    {
        buffer = _sealed ??= new SealBuffer();
        if (needed > SealBuffer.Capacity - buffer.Length)
            Submit(bytes, length);
        return needed <= SealBuffer.Capacity;
    }

    private void Submit(SharedBytes bytes, int length)
    {
        var results = _count == 0 ? [] : sends.Submit();
        // All are let go of before an outbox is locked: one that is being aborted waits under its lock for its socket.
        for (var i = 0; i < _count; i++)
            _parts[i].Socket.DangerousRelease();
        for (var i = 0; i < _count; i++)
        {
            var part = _parts[i];
            if (results[i] == part.Length)
                continue;
            if (part.Outbox.Seals && _sealed is { } buffer)
                part.Outbox.SentSealed(buffer.Sealed.Slice(part.Start, part.Length), results[i]);
            else
                part.Outbox.Sent(bytes, length, results[i]);
        }

        Array.Clear(_parts, 0, _count);
        _sealed?.Truncate(0);
        _count = 0;
    }

    /// <summary>A send of this batch: from where on it lies in the sealed bytes, where it is sealed, and how long it is.</summary>
    private readonly record struct Part(Outbox Outbox, SafeSocketHandle Socket, int Start, int Length);
}
