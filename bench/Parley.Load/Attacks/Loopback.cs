using System.Net;

namespace Parley.Load.Attacks;

/// <summary>The loopback addresses (127.0.0.0/8) that everybody comes from, so that what a server counts for an address is theirs alone.</summary>
internal static class Loopback
{
    private const int InABlock = 200;

    /// <summary>The server's limit of connections from one address.</summary>
    public const int MostConnections = 200;

    public static IPAddress Attacker(int index) => Address(0, index);

    public static IPAddress Talker(int index) => Address(100, index);

    public static IPAddress LogIn(int index) => Address(110, index);

    public static IPAddress Crowd(int index) => Address(120, index);

    private static IPAddress Address(int block, int index) => new([127, 0, (byte)(block + (index / InABlock)), (byte)(2 + (index % InABlock))]);
}
