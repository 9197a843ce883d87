using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Parley.Load.Wire;

/// <summary>
/// One thread that receives for many connections, into one buffer that they share. A connection belongs to one loop for its life; what it does with its
/// bytes happens on the loop's thread.
/// </summary>
internal sealed unsafe class ReceiveLoop : IDisposable
{
    // A frame that is not whole (1 MiB at the most) is put before what is received next.
    private const int BufferBytes = ReceiveBytes + 1_048_576 + 4;
    private const int ReceiveBytes = 256 * 1024;
    private const int EventsAtOnce = 512;
    private const int MaxConnections = 65_536;
    private const int WakeUpMilliseconds = 50; // how late a loop notices that it is to stop

    private readonly int _epoll;
    private readonly Connection?[] _connections = new Connection?[MaxConnections];
    private readonly ConcurrentQueue<int> _freeSlots = new();
    private readonly Thread _thread;
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferBytes);
    private int _count;
    private volatile bool _stopping;

    public ReceiveLoop(int index)
    {
        Index = index;
        _epoll = Libc.EpollCreate(0);
        if (_epoll < 0)
            throw new InvalidOperationException($"epoll_create1 failed with {Marshal.GetLastPInvokeError()}.");
        _thread = new Thread(Run) { IsBackground = true, Name = $"receive-{index}" };
        _thread.Start();
    }

    public int Index { get; }

    /// <summary>When the bytes that are being looked at were received (<see cref="Stopwatch"/> ticks): read once for all that one receive brought.</summary>
    public long Now { get; private set; }

    /// <summary>Where TLS puts plain bytes: as large as the receive buffer, and shared like it.</summary>
    public Memory<byte> PlainBuffer { get; } = new byte[BufferBytes];

    /// <summary>Runs on the loop's thread after each round of receives.</summary>
    public Action? RoundEnded { get; set; }

    public void Add(Connection connection)
    {
        // An event of the former connection of a slot, if one is left in the round that is being handled, finds nothing to receive at the new one.
        if (!_freeSlots.TryDequeue(out var index))
            index = Interlocked.Increment(ref _count) - 1;
        if (index >= MaxConnections)
            throw new InvalidOperationException($"A loop holds {MaxConnections} connections at the most.");
        connection.Slot = index;
        Volatile.Write(ref _connections[index], connection);
        // A new socket is writable at once: that first event starts what a connection has to do on the loop's own thread (TLS).
        Control(connection, Libc.ControlAdd, Libc.EpollIn | Libc.EpollOut);
    }

    public void Watch(Connection connection, bool writable) =>
        Control(connection, Libc.ControlModify, writable ? Libc.EpollIn | Libc.EpollOut : Libc.EpollIn);

    /// <summary>Until it is watched again, only the connection's end is noticed.</summary>
    public void Ignore(Connection connection) => Control(connection, Libc.ControlModify, 0);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        foreach (var connection in _connections.AsSpan(0, Math.Min(_count, MaxConnections)))
            connection?.Dispose();
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_buffer);
    }

    private void Control(Connection connection, int operation, uint interest)
    {
        var change = stackalloc byte[16];
        *(uint*)change = interest;
        *(long*)(change + Libc.EventDataOffset) = connection.Slot;
        if (Libc.EpollControl(_epoll, operation, connection.Descriptor, change) < 0)
            throw new InvalidOperationException($"epoll_ctl failed with {Marshal.GetLastPInvokeError()}.");
    }

    private void Run()
    {
        var events = stackalloc byte[EventsAtOnce * 16];
        while (!_stopping)
        {
            var ready = Libc.EpollWait(_epoll, events, EventsAtOnce, WakeUpMilliseconds);
            for (var i = 0; i < ready; i++)
            {
                var found = events + (i * Libc.EventBytes);
                var slot = *(long*)(found + Libc.EventDataOffset);
                if (Volatile.Read(ref _connections[slot]) is { } connection)
                    Handle(connection, *(uint*)found);
            }

            if (ready > 0)
                RoundEnded?.Invoke();
        }
    }

    private void Handle(Connection connection, uint flags)
    {
        try
        {
            if ((flags & Libc.EpollOut) != 0)
                connection.Writable();
            if ((flags & (Libc.EpollIn | Libc.EpollError | Libc.EpollHangUp)) != 0 && !Receive(connection))
                Drop(connection, "The server closed the connection.");
        }
        catch (Exception e) when (e is InvalidDataException or System.Text.Json.JsonException or InvalidOperationException)
        {
            Drop(connection, e.Message);
        }
    }

    // One receive for each wake-up: what is left makes epoll report the connection again, after the others had their turn.
    private bool Receive(Connection connection)
    {
        var start = connection.IsTls ? 0 : connection.TakeRest(new Span<byte>(_buffer, BufferBytes));
        var received = Libc.Receive(connection.Descriptor, _buffer + start, ReceiveBytes, 0);
        Now = Stopwatch.GetTimestamp();
        if (received < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            connection.KeepRest(new ReadOnlySpan<byte>(_buffer, start));
            return error is Libc.WouldBlock or Libc.Interrupted;
        }

        if (received == 0)
            return false;
        connection.Received(new ReadOnlySpan<byte>(_buffer, start + (int)received), (int)received);
        return true;
    }

    private void Drop(Connection connection, string reason)
    {
        Volatile.Write(ref _connections[connection.Slot], null);
        connection.Dispose();
        _freeSlots.Enqueue(connection.Slot);
        connection.Dropped(reason);
    }
}
