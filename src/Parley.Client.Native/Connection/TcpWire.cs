using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Client.Connection;

namespace Parley.Client.Native.Connection;

/// <summary>
/// A TCP connection, with TLS where the address says so. A certificate is trusted that the system trusts for the server's name, or that is pinned.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class TcpWire(TimeProvider time) : IWire
{
    /// <summary>How long the connection and its TLS handshake may take together.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<WireResult> ConnectAsync(ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var socket = await AddressRace.ConnectAsync(server.Host, server.Port, time, either.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return server.UseTls
                ? await SecureAsync(stream, server, pin, either.Token).ConfigureAwait(false)
                : new WireResult.Connected(stream);
        }
        catch (SocketException e)
        {
            return new WireResult.Failed(SocketFailure.From(e, server));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WireResult.Failed(UnreachableResults.NoAnswer(server));
        }
        catch (ArgumentException) // A name or a port that cannot be one.
        {
            return new WireResult.Failed(UnreachableResults.NoSuchServer(server));
        }
    }

    private static async Task<WireResult> SecureAsync(Stream plain, ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken)
    {
        var trust = new CertificateTrust(pin);
        var secure = new SslStream(plain);
        var isSecure = false;
        try
        {
            await secure.AuthenticateAsClientAsync(trust.Handshake(server.Host), cancellationToken).ConfigureAwait(false);
            isSecure = true;
            return new WireResult.Connected(secure);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return new WireResult.Failed(trust.Objection ?? UnreachableResults.TlsFailed(server));
        }
        finally
        {
            if (!isSecure)
                await secure.DisposeAsync().ConfigureAwait(false);
        }
    }
}
