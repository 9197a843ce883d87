namespace Parley.Load.Wire;

/// <summary>
/// TLS between a loop and a connection. What is received is opened on the loop's thread, into the buffer that the plain bytes of all connections go through;
/// what is sent is sealed by whoever sends, and leaves in the order in which it was sealed.
/// </summary>
internal sealed unsafe class TlsLayer : IDisposable
{
    private const int MostAtOnce = 16 * 1024; // A record (RFC 8446, 5.1).

    private readonly Connection _connection;
    private readonly ReceiveLoop _loop;
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new(); // A session of OpenSSL's is for one thread at a time.
    private readonly nint _incoming;
    private readonly nint _outgoing;
    private nint _session;
    private bool _isOpen;

    public TlsLayer(Connection connection, ReceiveLoop loop, TlsContext context)
    {
        _connection = connection;
        _loop = loop;
        _session = context.NewSession(out _incoming, out _outgoing);
    }

    /// <summary>Completes with the handshake; fails with an <see cref="IOException"/>.</summary>
    public Task HandshakeAsync => _handshake.Task;

    /// <summary>Begins the handshake; on the loop's thread.</summary>
    public void Start()
    {
        if (!_isOpen)
            ShakeHands();
    }

    /// <summary>Takes what was received, and all that follows from it; on the loop's thread.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_session == 0)
                return;
            fixed (byte* start = bytes)
                _ = OpenSsl.Put(_incoming, start, bytes.Length);
        }

        if (!_isOpen && !ShakeHands())
            return;
        while (true)
        {
            // The bytes of a half received frame lie elsewhere until plain bytes are there: others use the buffer meanwhile.
            var held = _connection.RestCount;
            var count = Open(_loop.PlainBuffer.Span[held..]);
            if (count <= 0)
                return;
            _connection.TakeRest(_loop.PlainBuffer.Span);
            _connection.TakePlain(_loop.PlainBuffer.Span[..(held + count)]);
        }
    }

    /// <summary>Seals and sends; what comes after the end goes nowhere, as it does without TLS.</summary>
    public void Encrypt(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (_session != 0 && !bytes.IsEmpty)
            {
                var most = Math.Min(bytes.Length, MostAtOnce);
                OpenSsl.ForgetErrors();
                fixed (byte* start = bytes)
                {
                    if (OpenSsl.Write(_session, start, most) <= 0)
                        return; // The receiving side learns why.
                }

                bytes = bytes[most..];
            }

            SendSealed();
        }
    }

    public void Fail(string reason) => _handshake.TrySetException(new IOException(reason));

    public void Dispose()
    {
        lock (_gate)
        {
            OpenSsl.FreeSession(_session);
            _session = 0;
        }
    }

    private bool ShakeHands()
    {
        lock (_gate)
        {
            if (_session == 0)
                return false;
            OpenSsl.ForgetErrors();
            var result = OpenSsl.ShakeHands(_session);
            SendSealed();
            _isOpen = result == 1;
            if (!_isOpen && OpenSsl.Error(_session, result) != OpenSsl.WantsRead)
                Break("The TLS handshake failed.");
        }

        if (_isOpen)
            _handshake.TrySetResult();
        return _isOpen;
    }

    private int Open(Span<byte> plain)
    {
        lock (_gate)
        {
            if (_session == 0)
                return 0;
            OpenSsl.ForgetErrors();
            fixed (byte* start = plain)
            {
                var count = OpenSsl.Read(_session, start, plain.Length);
                if (count > 0)
                    return count;
                if (OpenSsl.Error(_session, count) is not OpenSsl.WantsRead and not OpenSsl.PeerClosed)
                    Break("What came is not TLS.");
            }

            SendSealed(); // The answer to a key update, an alert.
            return 0;
        }
    }

    private void Break(string reason)
    {
        Fail(reason);
        _connection.End();
    }

    private void SendSealed()
    {
        if (_session == 0)
            return;
        byte* start = null;
        var count = (int)OpenSsl.ControlBuffer(_outgoing, OpenSsl.Bytes, 0, &start);
        if (count <= 0)
            return;
        _connection.SendRaw(new ReadOnlySpan<byte>(start, count));
        OpenSsl.ControlBuffer(_outgoing, OpenSsl.Reset, 0, null);
    }
}
