using System.Net.Sockets;
using Parley.Client.Connection;

namespace Parley.Client.Native.Connection;

/// <summary>What a socket's fault means to the person.</summary>
internal static class SocketFailure
{
    internal static LogInResult.Unreachable From(SocketException e, ServerAddress server) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => Unreachable.NoSuchServer(server),
        SocketError.TryAgain => Unreachable.NoLookup(server),
        SocketError.ConnectionRefused => Unreachable.Refused(server),
        SocketError.ConnectionReset => Unreachable.LostInHandshake(server),
        _ => Unreachable.NoAnswer(server),
    };
}
