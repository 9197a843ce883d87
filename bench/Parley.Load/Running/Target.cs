using System.Net;
using System.Net.Sockets;

namespace Parley.Load.Running;

/// <summary>Where the load goes: an address of this machine's loopback interface, and no other.</summary>
internal static class Target
{
    /// <summary>Reads HOST:PORT (IPv6 in brackets).</summary>
    /// <exception cref="ArgumentException">It is no such thing, or not on the loopback interface.</exception>
    public static IPEndPoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), out var port) || port == 0)
            throw new ArgumentException($"'{text}' is not HOST:PORT.");
        var host = text[..colon].Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : Resolve(host);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, IPAddress.IsLoopback))
            throw new ArgumentException($"'{host}' is not a loopback address: this program puts load on servers of its own machine only.");
        return new IPEndPoint(addresses[0], port);
    }

    private static IPAddress[] Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (SocketException e)
        {
            throw new ArgumentException($"'{host}' has no address: {e.Message}", e);
        }
    }
}
