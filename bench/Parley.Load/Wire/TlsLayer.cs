using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Load.Wire;

/// <summary>
/// TLS between a loop and a connection: an <see cref="SslStream"/> whose inner stream is fed by the loop. Its reads complete on the loop's thread, in the
/// middle of a feed, so that the plain bytes of all connections can go through one buffer.
/// </summary>
internal sealed class TlsLayer : IDisposable
{
    private readonly Connection _connection;
    private readonly ReceiveLoop _loop;
    private readonly FedStream _fed;
    private readonly SslStream _stream;
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _encrypting = new();
    private readonly X509Certificate2? _own;
    private bool _started;
    private bool _isDisposed;

    /// <param name="connection">Whose bytes pass.</param>
    /// <param name="loop">The loop that it belongs to.</param>
    /// <param name="own">The certificate of the side that serves; null at the side that asks.</param>
    public TlsLayer(Connection connection, ReceiveLoop loop, X509Certificate2? own)
    {
        _connection = connection;
        _loop = loop;
        _own = own;
        _fed = new FedStream(connection);
        _stream = new SslStream(_fed, leaveInnerStreamOpen: false);
    }

    public Task HandshakeAsync => _handshake.Task;

    /// <summary>Starts the handshake; on the loop's thread, where all that follows happens, too.</summary>
    public void Start()
    {
        if (_started)
            return;
        _started = true;
        _ = PumpAsync(); // ends with the connection; a fault goes to it
    }

    public void Push(ReadOnlySpan<byte> bytes) => _fed.Push(bytes);

    /// <summary>Seals and sends; what comes after the end goes nowhere, as it does without TLS.</summary>
    public void Encrypt(ReadOnlySpan<byte> bytes)
    {
        lock (_encrypting)
        {
            if (!_isDisposed)
                _stream.Write(bytes);
        }
    }

    public void Fail(string reason) => _handshake.TrySetException(new IOException(reason));

    public void Dispose()
    {
        lock (_encrypting)
        {
            _isDisposed = true;
            _stream.Dispose();
        }
    }

    private Task ShakeHandsAsync()
    {
        if (_own is not null)
            return _stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _own }, CancellationToken.None);
        // Only loopback addresses are ever connected to (Target), by a program that measures: there is nobody to be deceived.
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null };
        return _stream.AuthenticateAsClientAsync(options, CancellationToken.None);
    }

    private async Task PumpAsync()
    {
        try
        {
            await ShakeHandsAsync();
            _handshake.TrySetResult();
            while (true)
            {
                // The bytes of a half received frame lie elsewhere until plain bytes are there: others use the buffer meanwhile.
                var held = _connection.RestCount;
                var count = await _stream.ReadAsync(_loop.PlainBuffer[held..], CancellationToken.None);
                if (count == 0)
                    return;
                _connection.TakeRest(_loop.PlainBuffer.Span);
                _connection.TakePlain(_loop.PlainBuffer.Span[..(held + count)]);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or InvalidDataException or System.Text.Json.JsonException
            or ObjectDisposedException)
        {
            _handshake.TrySetException(e as IOException ?? new IOException(e.Message, e));
            _connection.End();
        }
    }
}
