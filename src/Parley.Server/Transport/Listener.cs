using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Parley.Server.Hosting;
using Parley.Server.Limits;
using Parley.Server.Scheduling;

namespace Parley.Server.Transport;

/// <summary>The sockets that listen, and the way from an accepted one to a transport.</summary>
internal sealed partial class Listener : IDisposable
{
    private const int Backlog = 4096;
    private const int TriesForOnePort = 20;

    // A handshake that hangs costs its own connection this long, and nobody else anything.
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    private readonly List<Socket> _sockets;
    private readonly Func<SslServerAuthenticationOptions>? _tls;
    private readonly ILogger _logger;

    private Listener(List<Socket> sockets, Func<SslServerAuthenticationOptions>? tls, ILogger logger) => (_sockets, _tls, _logger) = (sockets, tls, logger);

    /// <summary>The port that all of the sockets listen on.</summary>
    public int Port => ((IPEndPoint)_sockets[0].LocalEndPoint!).Port; // A bound socket has one.

    /// <param name="host">The address or name to listen on.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="tls">Asked at each handshake, for the certificate may be another one by then; null without TLS.</param>
    /// <param name="logger">Where failures go.</param>
    /// <exception cref="StartupException">The address cannot be listened on.</exception>
    public static async Task<Listener> OpenAsync(string host, int port, Func<SslServerAuthenticationOptions>? tls, ILogger logger)
    {
        var addresses = await ResolveAsync(host);
        for (var left = TriesForOnePort; ; left--)
        {
            try
            {
                return new Listener(Bind(addresses, port), tls, logger);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && port == 0 && left > 0)
            {
                // The port that was free at the first address is taken at another: take the next one.
            }
            catch (SocketException e)
            {
                throw new StartupException(Explain(e, host, port));
            }
        }
    }

    /// <summary>Accepts until <paramref name="stopping"/>. <paramref name="serve"/> owns what it is given.</summary>
    public Task AcceptAsync(Func<Transport, Task> serve, ConnectionLimits limits, TimeProvider time, CancellationToken stopping) =>
        Task.WhenAll(_sockets.Select(
            s => new AcceptLoop(time, _logger).RunAsync(s.AcceptAsync, accepted => _ = ServeAsync(accepted, serve, limits, stopping), stopping)));

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private async Task ServeAsync(Socket socket, Func<Transport, Task> serve, ConnectionLimits limits, CancellationToken stopping)
    {
        // Off the loop that accepts: where bytes are there already, a handshake or a flood of frames is carried out without one true wait.
        await Task.Yield();
        try
        {
            var plain = new PlainTransport(socket);
            if (limits.TryAccept(plain.Address))
                await ServeAsync(plain, serve, limits, stopping);
            else
                socket.Dispose();
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            Log.HandshakeFailed(_logger, e.Message);
            socket.Dispose();
        }
#pragma warning disable CA1031 // A connection's bug is that connection's end, and is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ConnectionFailed(_logger, e);
            socket.Dispose();
        }
    }

    private async Task ServeAsync(PlainTransport plain, Func<Transport, Task> serve, ConnectionLimits limits, CancellationToken stopping)
    {
        try
        {
            await serve(_tls is null ? plain : await HandshakeAsync(plain, _tls(), limits.Handshakes, stopping));
        }
        finally
        {
            limits.SocketClosed(plain.Address);
        }
    }

    private static async Task<Transport> HandshakeAsync(
        PlainTransport plain, SslServerAuthenticationOptions tls, BackgroundThreads<IPAddress> turns, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(HandshakeTime);
        return await TlsTransport.AcceptAsync(plain, tls, turns, deadline.Token);
    }

    private static async Task<IPAddress[]> ResolveAsync(string host)
    {
        // The system's resolver would take an empty name for this machine.
        if (string.IsNullOrWhiteSpace(host))
            throw new StartupException("--host needs an address or a name of this machine.");
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return [address];
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host);
            if (addresses.Length > 0)
                return [.. addresses.Distinct()];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // Told below.
        }

        throw new StartupException($"The host '{host}' is unknown. Give an address or a name of this machine with --host.");
    }

    private static List<Socket> Bind(IPAddress[] addresses, int port)
    {
        List<Socket> sockets = [];
        try
        {
            foreach (var address in addresses)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                if (address.AddressFamily == AddressFamily.InterNetworkV6)
                    socket.DualMode = address.Equals(IPAddress.IPv6Any) && addresses.Length == 1;
                // Not ReuseAddress: .NET takes a port back from the last run's connections anyway (SO_REUSEADDR), and means SO_REUSEPORT by it, too: two
                // servers on one port, and each connection to either.
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen(Backlog);
                port = ((IPEndPoint)socket.LocalEndPoint!).Port; // A bound socket has one.
            }

            return sockets;
        }
        catch
        {
            sockets.ForEach(s => s.Dispose());
            throw;
        }
    }

    private static string Explain(SocketException e, string host, int port) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"Port {port} at {host} is in use. Stop the other program, or choose another port with --port.",
        SocketError.AddressNotAvailable => $"{host} is no address of this machine. Choose one of its own with --host.",
        SocketError.AccessDenied => $"Port {port} at {host} may not be used by this user. Choose one above 1023 with --port.",
        _ => $"Cannot listen on port {port} at {host} ({e.SocketErrorCode}). Choose another with --host and --port.",
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 1002, Level = LogLevel.Debug, Message = "A connection ended before it was one: {Reason}")]
        public static partial void HandshakeFailed(ILogger logger, string reason);

        [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "A connection ended by a fault of the server.")]
        public static partial void ConnectionFailed(ILogger logger, Exception exception);
    }
}
