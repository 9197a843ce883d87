using System.Net.Sockets;

namespace Parley.Client.Connection;

/// <summary>The words for each way of not getting through.</summary>
internal static class Unreachable
{
    internal static LogInResult.Unreachable From(SocketException e, ServerAddress server) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => NoSuchServer(server),
        SocketError.TryAgain => new(UnreachableReason.NoSuchServer, $"The name {server.Host} could not be looked up. Is there a network?"),
        SocketError.ConnectionRefused => new(UnreachableReason.ConnectionRefused, $"Nothing answers at {server}. Is the server running, and is the port right?"),
        SocketError.ConnectionReset => LostInHandshake(server),
        _ => NoAnswer(server),
    };

    internal static LogInResult.Unreachable NoSuchServer(ServerAddress server) =>
        new(UnreachableReason.NoSuchServer, $"There is no server called {server.Host}.");

    internal static LogInResult.Unreachable NoAnswer(ServerAddress server) =>
        new(UnreachableReason.NoAnswer, $"No answer from {server}.");

    internal static LogInResult.Unreachable TlsFailed(ServerAddress server) =>
        new(UnreachableReason.TlsFailed, $"{server} does not speak TLS. If that server has none, switch \"Use TLS\" off.");

    internal static LogInResult.Unreachable NotParley(ServerAddress server) =>
        new(UnreachableReason.NotParley, server.UseTls
            ? $"What answers at {server} is no Parley server."
            : $"What answers at {server} is no Parley server, or it wants TLS: try with \"Use TLS\" on.");

    internal static LogInResult.Unreachable Lost(ServerAddress server) =>
        new(UnreachableReason.ConnectionLost, $"The connection to {server} was lost.");

    /// <summary>Before the server said who it is, the reason may be that it speaks TLS.</summary>
    internal static LogInResult.Unreachable LostInHandshake(ServerAddress server) =>
        server.UseTls
            ? Lost(server)
            : new(UnreachableReason.ConnectionLost, $"{Lost(server).Message} If that server wants TLS, switch \"Use TLS\" on.");
}
