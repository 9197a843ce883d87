namespace Parley.Client.Connection;

/// <summary>
/// The way to servers that the host of a client has: TCP and TLS on a person's own machine, a WebSocket in a browser. It opens a stream, and whoever opened
/// it sends and receives messages on it: they are the same bytes on every wire (docs/protocol.md).
/// </summary>
public interface IWire
{
    /// <summary>
    /// Connects, and judges what the server says of itself. Nothing was sent on the stream, and nothing may be before the server is trusted. It ends by
    /// itself, within seconds, where nobody answers.
    /// </summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="pin">
    /// The fingerprint that the person trusts for this server; null where there is none. Where the platform judges certificates by itself, as a browser does,
    /// it is of no use.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The stream, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up. Nothing else is thrown.</exception>
    Task<WireResult> ConnectAsync(ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken);
}

/// <summary>What came of connecting.</summary>
public abstract record WireResult
{
    private WireResult()
    {
    }

    /// <summary>There is a connection to a server that is trusted.</summary>
    /// <param name="Stream">
    /// Both ways; whoever takes it disposes it. Reading gives 0 bytes at the other side's end; what breaks is an <see cref="IOException"/>.
    /// </param>
    public sealed record Connected(Stream Stream) : WireResult;

    /// <summary>There is no connection.</summary>
    /// <param name="Why">
    /// What the person gets to see: <see cref="LogInResult.Unreachable"/>, or, where the server is there and not trusted,
    /// <see cref="LogInResult.UnknownCertificate"/> or <see cref="LogInResult.CertificateChanged"/>.
    /// </param>
    public sealed record Failed(LogInResult Why) : WireResult;
}
