using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Parley.Server.Scheduling;

namespace Parley.Server.Transport;

/// <summary>
/// TLS over a <see cref="PlainTransport"/>. Records are sealed by the thread that sends, into memory, and leave by the same sends that do not wait as
/// plain bytes do: those of a broadcast from the round's buffer, all others one by one. A receiver that does not read blocks nobody.
/// </summary>
internal sealed class TlsTransport : Transport
{
    // The largest TLS record holds 16 KiB of plain text (RFC 8446, section 5.1).
    private const int RecordBytes = 16 * 1024;

    // What a record adds at the most: its head, and with TLS 1.2's oldest suites an initial vector, a MAC and a padding (RFC 5246, section 6.2.3).
    private const int RecordOverhead = 128;

    private readonly PlainTransport _inner;
    private readonly CipherStream _cipher;
    private readonly SslStream _tls;
    private bool _saidGoodbye;

    private TlsTransport(PlainTransport inner, CipherStream cipher, SslStream tls)
    {
        _inner = inner;
        _cipher = cipher;
        _tls = tls;
    }

    public override IPAddress Address => _inner.Address;

    public override bool IsFlushed => !_cipher.HasPending;

    public override SafeSocketHandle? Socket => _inner.Socket;

    public override bool Seals => true;

    /// <summary>Makes the handshake.</summary>
    /// <param name="inner">The connection.</param>
    /// <param name="options">How.</param>
    /// <param name="turns">Where its arithmetic is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The peer is gone, or speaks no TLS.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The handshake failed.</exception>
    public static async Task<TlsTransport> AcceptAsync(
        PlainTransport inner, SslServerAuthenticationOptions options, BackgroundThreads<IPAddress> turns, CancellationToken cancellationToken)
    {
        var cipher = new CipherStream(inner) { Turns = turns };
        var tls = new SslStream(cipher);
        try
        {
            await tls.AuthenticateAsServerAsync(options, cancellationToken);
        }
        catch
        {
            // Its native part is large, and would wait for the collector: whoever breaks off handshakes must not pile them up.
            await tls.DisposeAsync();
            throw;
        }

        cipher.EndHandshake();
        await Task.Yield(); // Leave the handshake thread.
        return new TlsTransport(inner, cipher, tls);
    }

    public override ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken) =>
        _tls.ReadAsync(Memory<byte>.Empty, cancellationToken);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _tls.ReadAsync(buffer, cancellationToken);

    // One record more: the answer to a key update goes before (RFC 8446, section 4.6.3).
    public override int SealedBytes(int length) => length + (((length / RecordBytes) + 2) * RecordOverhead);

    public override int Seal(byte[] bytes, int start, int length, SealBuffer into) => _cipher.Seal(_tls, bytes, start, length, into);

    public override void KeepSealed(ReadOnlySpan<byte> rest) => _cipher.KeepSealed(rest);

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!_cipher.TryFlush())
            return 0;
        var taken = 0;
        while (taken < bytes.Length)
        {
            var record = bytes.Slice(taken, Math.Min(RecordBytes, bytes.Length - taken));
            _cipher.Seal(_tls, record);
            taken += record.Length;
            if (!_cipher.TryFlush())
                break;
        }

        return taken;
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _cipher.FlushPendingAsync(cancellationToken);
        while (bytes.Length > 0)
        {
            var record = bytes[..Math.Min(RecordBytes, bytes.Length)];
            _cipher.Seal(_tls, record.Span);
            bytes = bytes[record.Length..];
            await _cipher.FlushPendingAsync(cancellationToken);
        }
    }

    public override bool TryFinishSending(bool isReading)
    {
        try
        {
            // The reader's side and this one share the TLS stream's state, and a goodbye changes it: where the reader is at it, the connection just ends.
            if (!isReading)
                SayGoodbye();
            return _cipher.TryFlush() && _inner.TryFinishSending(isReading);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return true; // The peer was faster; there is nobody to tell.
        }
    }

    public override void Abort() => _inner.Abort();

    public override async ValueTask DisposeAsync()
    {
        _inner.Abort(); // First, so that the TLS stream finds nobody to say goodbye to and does not wait.
        _cipher.EndSealing();
        await _tls.DisposeAsync();
        await _inner.DisposeAsync();
    }

    // close_notify (RFC 8446, section 6.1): with it the peer knows that nothing was cut off.
    private void SayGoodbye()
    {
        if (_saidGoodbye)
            return;
        _saidGoodbye = true;
        try
        {
            _cipher.SealGoodbye(_tls);
        }
#pragma warning disable CA1031 // What a failed TLS throws here is the library's own business, and the caller is the thread that serves everybody.
        catch (Exception)
#pragma warning restore CA1031
        {
            // There is nothing to say any more.
        }
    }
}
