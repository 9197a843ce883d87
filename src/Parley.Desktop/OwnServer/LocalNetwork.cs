using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Parley.Desktop.OwnServer;

/// <summary>What this machine looks like from the network.</summary>
internal static class LocalNetwork
{
    private const int MaxAddresses = 3;

    /// <summary>Where others find this machine, the likeliest first: an interface with a way out is the one that friends are on, too.</summary>
    internal static IReadOnlyList<string> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Select(network => network.GetIPProperties())
                .OrderByDescending(properties => properties.GatewayAddresses.Count > 0)
                .SelectMany(properties => properties.UnicastAddresses.Select(unicast => unicast.Address))
                .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address) && !IsLinkLocal(address))
                .Select(address => address.ToString())
                .Distinct()
                .Take(MaxAddresses)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    /// <summary>The first port from <paramref name="first"/> on that nobody listens on; 0, which takes any, where there is none among the next few.</summary>
    internal static int FreePort(int first, int count) => Enumerable.Range(first, count).FirstOrDefault(IsFree);

    /// <summary>Whether nobody listens on a port; 0 stands for any, and is free.</summary>
    internal static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, ..];
}
