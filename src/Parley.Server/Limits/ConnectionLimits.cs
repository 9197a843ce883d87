using System.Net;
using Parley.Server.Scheduling;

namespace Parley.Server.Limits;

/// <summary>How many connections an address has, and how many have not logged in yet.</summary>
internal sealed class ConnectionLimits(ServerLimits limits, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan NewFor = TimeSpan.FromSeconds(10);

    private readonly SlidingWindow<IPAddress> _new = new(limits.NewConnections, NewFor, time);
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly Dictionary<IPAddress, int> _sockets = [];
    private int _unauthenticated;
    private long _arrivals;

    /// <summary>Connections that have not logged in.</summary>
    public int Unauthenticated => Locked(() => _unauthenticated);

    /// <summary>Connections that have.</summary>
    public int Members => Locked(() => _byAddress.Values.Sum() - _unauthenticated);

    /// <summary>Addresses that have connections.</summary>
    public int Addresses => Locked(() => _byAddress.Count);

    /// <summary>Connections that have logged in since the start.</summary>
    public long Arrivals => Locked(() => _arrivals);

    /// <summary>What commands may cost.</summary>
    public Spending Spending { get; } = new(limits, time);

    /// <summary>Where pages are made.</summary>
    public PageScheduler Pages { get; } = new(time);

    /// <summary>Where the arithmetic of TLS handshakes is done, a millisecond of a core each, by turns of their addresses.</summary>
    public BackgroundThreads<IPAddress> Handshakes { get; } = new("handshakes", Environment.ProcessorCount);

    /// <summary>The memory of long frames.</summary>
    public LongFrames LongFrames { get; } = new(limits.LongFrameBytes);

    /// <summary>
    /// Counts an accepted socket, before its TLS handshake. False where the address has twice as many sockets as it may have connections, or opened too many in
    /// the last ten seconds: then the socket is closed silently. Below that a refused connection is told why.
    /// </summary>
    public bool TryAccept(IPAddress address)
    {
        if (!_new.TryTake(address, out _))
            return false;
        lock (_gate)
        {
            var count = _sockets.GetValueOrDefault(address);
            if (limits.ConnectionsPerAddress > 0 && count >= 2 * limits.ConnectionsPerAddress)
                return false;
            _sockets[address] = count + 1;
            return true;
        }
    }

    /// <summary>An accepted socket is closed.</summary>
    public void SocketClosed(IPAddress address)
    {
        lock (_gate)
            CountDown(_sockets, address);
    }

    /// <summary>Counts a connection in; returns the words of a refusal where it may not come, null where it may.</summary>
    public string? RefuseEntry(IPAddress address)
    {
        lock (_gate)
        {
            var count = _byAddress.GetValueOrDefault(address);
            if (limits.ConnectionsPerAddress > 0 && count >= limits.ConnectionsPerAddress)
                return "Too many connections from your address.";
            if (limits.Unauthenticated > 0 && _unauthenticated >= limits.Unauthenticated)
                return "The server is busy. Try again later.";
            _byAddress[address] = count + 1;
            _unauthenticated++;
            return null;
        }
    }

    /// <summary>Somebody has logged in.</summary>
    public void Arrived()
    {
        lock (_gate)
            _arrivals++;
    }

    /// <summary>The connection has logged in, or has gone before it did.</summary>
    public void NoLongerUnauthenticated()
    {
        lock (_gate)
            _unauthenticated--;
    }

    public void Leave(IPAddress address)
    {
        lock (_gate)
            CountDown(_byAddress, address);
    }

    public void Dispose()
    {
        Pages.Dispose();
        Handshakes.Dispose();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private static void CountDown(Dictionary<IPAddress, int> counts, IPAddress address)
    {
        if (--counts[address] == 0)
            counts.Remove(address);
    }

    /// <summary>What counts as one address: an IPv4 address, or the /64 network that one IPv6 subscriber is given (RFC 6177).</summary>
    public static IPAddress KeyOf(EndPoint? endPoint)
    {
        var address = (endPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
