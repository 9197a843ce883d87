namespace Parley.Client.Connection;

/// <summary>HTTP beside the <see cref="IWire"/>, with the same way to the server and the same trust: for files.</summary>
public interface IHttpClients
{
    /// <summary>
    /// A client for one server, whose <see cref="HttpClient.BaseAddress"/> is the server's own: its host and port, by HTTPS where the wire speaks TLS. A
    /// server that is not trusted gets nothing of a request, which then throws <see cref="HttpRequestException"/> with
    /// <see cref="HttpRequestError.SecureConnectionError"/>.
    /// </summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="pin">The fingerprint that the person trusts for this server, as in <see cref="IWire.ConnectAsync"/>.</param>
    /// <returns>A client that the caller disposes.</returns>
    HttpClient Create(ServerAddress server, Fingerprint? pin);
}
