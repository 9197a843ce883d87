using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.Load.Wire;

/// <summary>
/// A socket of the load program. It keeps no buffer of its own while it has nothing half received and nothing that waits to be sent, so that ten
/// thousand of them cost the measured machine little.
/// </summary>
internal abstract class Connection(Socket socket) : IDisposable
{
    private readonly Lock _sending = new();
    private byte[]? _rest;
    private int _restCount;
    private byte[]? _waiting;
    private int _waitingStart;
    private int _waitingCount;
    private TlsLayer? _tls;
    private bool _closed;
    private ReceiveLoop? _loop;

    public int Slot { get; set; }

    public int Descriptor { get; } = (int)socket.SafeHandle.DangerousGetHandle();

    public long BytesReceived { get; private set; }

    /// <summary>What the kernel did not take yet of what was sent.</summary>
    public int BytesWaiting => Volatile.Read(ref _waitingCount);

    public bool IsTls => _tls is not null;

    public int RestCount => _restCount;

    /// <summary>Why the connection ended; null while it stands.</summary>
    public string? EndReason { get; private set; }

    protected ReceiveLoop Loop => _loop ?? throw new InvalidOperationException("The connection has no loop yet.");

    /// <summary>
    /// A socket that is connected or about to be, ready for a loop; <paramref name="from"/> is the address that it comes from, the kernel's choice where there is
    /// none.
    /// </summary>
    /// <remarks>
    /// It is connected by a call that does not wait (where the server's queue is full the kernel tries again for seconds, and what is sent waits here): an asynchronous operation registers a socket with the framework's own epoll for good, which then wakes a thread for
    /// each arrival (measured: half of this program's CPU time at 3 million deliveries a second).
    /// </remarks>
    public static Socket Open(IPEndPoint server, IPAddress? from = null)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
                socket.Bind(new IPEndPoint(from, 0));
            socket.Blocking = false;
            socket.Connect(server);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // On its way.
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return socket;
    }

    /// <summary>Gives the connection to its loop; with TLS, completes when the handshake is done.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="tls">How to speak TLS; null for plain TCP.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task AttachAsync(ReceiveLoop loop, TlsContext? tls, CancellationToken cancel)
    {
        _loop = loop;
        if (tls is not null)
            _tls = new TlsLayer(this, loop, tls);
        loop.Add(this);
        if (_tls is not null)
            await _tls.HandshakeAsync.WaitAsync(cancel);
    }

    /// <summary>Sends bytes, at once where the kernel takes them; from any thread.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (_tls is null)
        {
            SendRaw(bytes);
            return;
        }

        _tls.Encrypt(bytes);
    }

    /// <summary>
    /// Takes nothing more from the kernel until <see cref="ReadOn"/>: what is sent to this connection fills its buffers, and then waits at the sender.
    /// </summary>
    public void StopReading() => Loop.Ignore(this);

    public void ReadOn() => Loop.Watch(this, writable: false);

    /// <summary>Ends the connection from any thread; the loop closes the descriptor, so that none is closed under a receive.</summary>
    public void End()
    {
        lock (_sending)
        {
            if (_closed)
                return;
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.NotConnected)
            {
                // It has ended already, or was never let in; the loop sees to that.
            }
        }
    }

    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        lock (_sending)
        {
            if (_closed)
                return;
            if (_waitingCount == 0)
                bytes = bytes[SendNow(bytes)..];
            if (bytes.IsEmpty)
                return;
            var isFirst = _waitingCount == 0;
            AppendWaiting(bytes);
            if (isFirst)
                Loop.Watch(this, writable: true);
        }
    }

    internal void Writable()
    {
        _tls?.Start();
        lock (_sending)
        {
            if (_closed)
                return;
            if (_waitingCount > 0)
            {
                var sent = SendNow(_waiting.AsSpan(_waitingStart, _waitingCount));
                _waitingStart += sent;
                _waitingCount -= sent;
            }

            if (_waitingCount > 0)
                return;
            (_waiting, _waitingStart) = (null, 0);
            Loop.Watch(this, writable: false);
        }
    }

    internal void Received(ReadOnlySpan<byte> bytes, int newBytes)
    {
        BytesReceived += newBytes;
        if (_tls is null)
            TakePlain(bytes);
        else
            _tls.Push(bytes);
    }

    internal void TakePlain(ReadOnlySpan<byte> bytes) => KeepRest(bytes[Consume(bytes)..]);

    /// <summary>Moves the bytes of a half received frame to the start of a buffer; what is received next goes after them.</summary>
    internal int TakeRest(Span<byte> buffer)
    {
        var count = _restCount;
        if (count == 0)
            return 0;
        _rest.AsSpan(0, count).CopyTo(buffer);
        System.Buffers.ArrayPool<byte>.Shared.Return(_rest ?? []);
        _rest = null;
        _restCount = 0;
        return count;
    }

    internal void KeepRest(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return;
        _rest = System.Buffers.ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_rest);
        _restCount = rest.Length;
    }

    /// <summary>Closes the socket: on the loop's thread, or when the loop has ended.</summary>
    public void Dispose()
    {
        lock (_sending)
        {
            _closed = true;
            socket.Dispose();
        }

        _tls?.Dispose(); // Not under the lock: who seals takes it to send.
    }

    internal void Dropped(string reason)
    {
        EndReason ??= reason;
        _tls?.Fail(reason);
        Ended(EndReason);
    }

    protected void SetEndReason(string reason) => EndReason ??= reason;

    /// <summary>Reads what is whole at the start of the bytes and says how much that was.</summary>
    protected abstract int Consume(ReadOnlySpan<byte> bytes);

    /// <summary>The connection is gone; on the loop's thread.</summary>
    protected abstract void Ended(string reason);

    private unsafe int SendNow(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = Libc.Send(Descriptor, start, bytes.Length, Libc.NoSignal);
            // Any error but a full buffer shows on the receiving side, too, and is dealt with there.
            return sent >= 0 ? (int)sent : Marshal.GetLastPInvokeError() is Libc.WouldBlock or Libc.Interrupted ? 0 : bytes.Length;
        }
    }

    private void AppendWaiting(ReadOnlySpan<byte> bytes)
    {
        var needed = _waitingCount + bytes.Length;
        if (_waiting is null || _waitingStart + needed > _waiting.Length)
        {
            var larger = new byte[Math.Max(needed, 2 * (_waiting?.Length ?? 2048))];
            _waiting.AsSpan(_waitingStart, _waitingCount).CopyTo(larger);
            _waiting = larger;
            _waitingStart = 0;
        }

        bytes.CopyTo(_waiting.AsSpan(_waitingStart + _waitingCount));
        _waitingCount = needed;
    }
}
