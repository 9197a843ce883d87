using System.Net.Sockets;
using Parley.Server.Transport;

namespace Parley.Server.Events;

/// <summary>
/// The same bytes to many sockets by one system call, where the system has that. Of a plain send to each in a row a third is the way into the kernel and back, at each
/// of which a receiver's process may take the processor (docs/performance.md, "What was changed"). Only connections take part for which nothing waits; all others go by
/// their outbox. Belongs to the fan-out's round, which alone sends, so that nobody else's bytes can come between.
/// </summary>
internal sealed class Burst(LinuxRing ring) : IDisposable
{
    private readonly Outbox[] _outboxes = new Outbox[LinuxRing.Entries];
    private readonly SafeSocketHandle[] _sockets = new SafeSocketHandle[LinuxRing.Entries];
    private int _count;

    /// <summary>Sends to all of <paramref name="receivers"/> who get nothing of their own in this round.</summary>
    public unsafe void Send(ReadOnlySpan<Receiver> receivers, SharedBytes bytes, int length)
    {
        fixed (byte* start = bytes.Array)
        {
            foreach (var receiver in receivers)
            {
                if (receiver.Private is not null || receiver.IsClosed)
                    continue;
                if (!TryAdd(receiver.Outbox, start, length))
                    FanOut.Send(receiver, bytes, 0, length);
                else if (_count == LinuxRing.Entries)
                    Submit(bytes, length);
            }

            Submit(bytes, length);
        }
    }

    public void Dispose() => ring.Dispose();

    private unsafe bool TryAdd(Outbox outbox, byte* start, int length)
    {
        if (outbox.FreeSocket is not { } socket)
            return false;
        var isHeld = false;
        try
        {
            // Until the call has returned nobody can close it and give its number to another.
            socket.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        _outboxes[_count] = outbox;
        _sockets[_count++] = socket;
        ring.Add((int)socket.DangerousGetHandle(), start, length);
        return true;
    }

    private void Submit(SharedBytes bytes, int length)
    {
        if (_count == 0)
            return;
        var results = ring.Submit();
        // All are let go of before an outbox is locked: one that is being aborted waits under its lock for its socket.
        for (var i = 0; i < _count; i++)
            _sockets[i].DangerousRelease();
        for (var i = 0; i < _count; i++)
        {
            if (results[i] != length)
                _outboxes[i].Sent(bytes, length, results[i]);
        }

        Array.Clear(_outboxes, 0, _count);
        Array.Clear(_sockets, 0, _count);
        _count = 0;
    }
}
