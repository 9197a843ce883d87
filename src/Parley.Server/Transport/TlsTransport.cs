using System.Net;
using System.Net.Security;

namespace Parley.Server.Transport;

/// <summary>
/// TLS over a <see cref="PlainTransport"/>. Records are encrypted by the thread that sends, into memory, and leave by the same non-blocking send as plain
/// bytes: so a TLS receiver costs no task and no extra copy in the kernel's favour, and a stopped one still blocks nobody.
/// </summary>
internal sealed class TlsTransport : Transport
{
    // The largest TLS record holds 16 KiB of plain text (RFC 8446, section 5.1).
    private const int RecordBytes = 16 * 1024;

    private readonly PlainTransport _inner;
    private readonly CipherStream _cipher;
    private readonly SslStream _tls;

    private TlsTransport(PlainTransport inner, CipherStream cipher, SslStream tls)
    {
        _inner = inner;
        _cipher = cipher;
        _tls = tls;
    }

    public override IPAddress Address => _inner.Address;

    public override bool IsFlushed => !_cipher.HasPending;

    /// <summary>Makes the handshake.</summary>
    /// <exception cref="IOException">The peer is gone, or speaks no TLS.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The handshake failed.</exception>
    public static async Task<TlsTransport> AcceptAsync(PlainTransport inner, SslServerAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var cipher = new CipherStream(inner);
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

        cipher.CollectWrites();
        return new TlsTransport(inner, cipher, tls);
    }

    public override ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken) =>
        _tls.ReadAsync(Memory<byte>.Empty, cancellationToken);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _tls.ReadAsync(buffer, cancellationToken);

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!_cipher.TryFlush())
            return 0;
        var taken = 0;
        while (taken < bytes.Length)
        {
            var record = bytes.Slice(taken, Math.Min(RecordBytes, bytes.Length - taken));
            _tls.Write(record);
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
            _tls.Write(record.Span);
            bytes = bytes[record.Length..];
            await _cipher.FlushPendingAsync(cancellationToken);
        }
    }

    public override void FinishSending() => _inner.FinishSending();

    public override void Abort() => _inner.Abort();

    public override async ValueTask DisposeAsync()
    {
        _inner.Abort(); // First, so that the TLS stream finds nobody to say goodbye to and does not wait.
        await _tls.DisposeAsync();
        await _inner.DisposeAsync();
    }
}
