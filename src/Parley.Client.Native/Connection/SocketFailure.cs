using System.Net.Sockets;
using Parley.Client.Connection;

namespace Parley.Client.Native.Connection;

/// <summary>What a socket's fault means to the person.</summary>
internal static class SocketFailure
{
    internal static LogInResult.Unreachable From(SocketException e, ServerAddress server) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => UnreachableResults.NoSuchServer(server),
        SocketError.TryAgain => UnreachableResults.NoLookup(server),
        SocketError.ConnectionRefused => UnreachableResults.Refused(server),
        SocketError.ConnectionReset => UnreachableResults.LostInHandshake(server),
        _ => UnreachableResults.NoAnswer(server),
    };
}
