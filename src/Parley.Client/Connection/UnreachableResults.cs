namespace Parley.Client.Connection;

/// <summary>The words for each way of not getting through, the same on every wire.</summary>
public static class UnreachableResults
{
    /// <summary>Nobody knows the name.</summary>
    public static LogInResult.Unreachable NoSuchServer(ServerAddress server) =>
        new(UnreachableReason.NoSuchServer, $"There is no server called {server.Host}.");

    /// <summary>Nobody could ask whether there is such a name.</summary>
    public static LogInResult.Unreachable NoLookup(ServerAddress server) =>
        new(UnreachableReason.NoSuchServer, $"The name {server.Host} could not be looked up. Is there a network?");

    /// <summary>The machine is there, and nothing listens at that port.</summary>
    public static LogInResult.Unreachable Refused(ServerAddress server) =>
        new(UnreachableReason.ConnectionRefused, $"Nothing answers at {server}. Is the server running, and is the port right?");

    /// <summary>Nothing came in time, or there is no way to that network.</summary>
    public static LogInResult.Unreachable NoAnswer(ServerAddress server) =>
        new(UnreachableReason.NoAnswer, $"No answer from {server}.");

    /// <summary>There was no TLS handshake.</summary>
    public static LogInResult.Unreachable TlsFailed(ServerAddress server) =>
        new(UnreachableReason.TlsFailed, $"{server} does not speak TLS. If that server has none, switch \"Use TLS\" off.");

    /// <summary>Before the server said who it is, the reason may be that it speaks TLS.</summary>
    public static LogInResult.Unreachable LostInHandshake(ServerAddress server) =>
        server.UseTls
            ? Lost(server)
            : new(UnreachableReason.ConnectionLost, $"{Lost(server).Message} If that server wants TLS, switch \"Use TLS\" on.");

    internal static LogInResult.Unreachable NotParley(ServerAddress server) =>
        new(UnreachableReason.NotParley, server.UseTls
            ? $"What answers at {server} is no Parley server."
            : $"What answers at {server} is no Parley server, or it wants TLS: try with \"Use TLS\" on.");

    internal static LogInResult.Unreachable Lost(ServerAddress server) =>
        new(UnreachableReason.ConnectionLost, $"The connection to {server} was lost.");
}
