using System.Net.Sockets;
using Parley.Client.Connection;

namespace Parley.Client.Native.Connection;

/// <summary>
/// HTTP over the same TCP and with the same trust as <see cref="TcpWire"/>: what that would not connect to gets no request. It follows no redirection and keeps
/// no cookie.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class HttpClients(TimeProvider time) : IHttpClients
{
    /// <inheritdoc/>
    /// <exception cref="UriFormatException">The host is a name that cannot be one.</exception>
    public HttpClient Create(ServerAddress server, Fingerprint? pin)
    {
        ArgumentNullException.ThrowIfNull(server);
        var address = new UriBuilder(server.UseTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, server.Host, server.Port).Uri;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = TcpWire.Deadline,
            SslOptions = new CertificateTrust(pin).Handshake(server.Host),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // The wire goes by none.
        };
        return new HttpClient(handler) { BaseAddress = address };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var socket = await AddressRace.ConnectAsync(host, port, time, cancellationToken).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
