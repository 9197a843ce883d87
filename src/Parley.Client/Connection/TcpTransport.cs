using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Client.Connection;

/// <summary>What came of opening a way to the server: the stream, or the result that the person gets to see.</summary>
internal sealed record TransportResult(Stream? Stream, LogInResult? Failure);

/// <summary>Opens a TCP connection, with TLS where the address says so.</summary>
internal static class TcpTransport
{
    /// <summary>How long the connection and its TLS handshake may take together.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    internal static async Task<TransportResult> OpenAsync(ServerAddress server, Fingerprint? pin, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var socket = await AddressRace.ConnectAsync(server.Host, server.Port, time, either.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return server.UseTls
                ? await SecureAsync(stream, server, pin, either.Token).ConfigureAwait(false)
                : new TransportResult(stream, null);
        }
        catch (SocketException e)
        {
            return new TransportResult(null, Unreachable.From(e, server));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TransportResult(null, Unreachable.NoAnswer(server));
        }
        catch (ArgumentException) // A name or a port that cannot be one.
        {
            return new TransportResult(null, Unreachable.NoSuchServer(server));
        }
    }

    private static async Task<TransportResult> SecureAsync(Stream plain, ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken)
    {
        var trust = new CertificateTrust(pin);
        var secure = new SslStream(plain);
        var isSecure = false;
        try
        {
            await secure.AuthenticateAsClientAsync(Options(server, trust), cancellationToken).ConfigureAwait(false);
            isSecure = true;
            return new TransportResult(secure, null);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return new TransportResult(null, trust.Objection ?? Unreachable.TlsFailed(server));
        }
        finally
        {
            if (!isSecure)
                await secure.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static SslClientAuthenticationOptions Options(ServerAddress server, CertificateTrust trust) => new()
    {
        TargetHost = server.Host,
#pragma warning disable CA5398 // Older versions are broken, and what the system would choose may include them: 1.2 and 1.3, and no other.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck, // A server in a cellar has no revocation list; asking would hang without internet.
        RemoteCertificateValidationCallback = trust.IsTrusted,
    };
}
