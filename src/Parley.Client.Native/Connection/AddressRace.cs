using System.Net;
using System.Net.Sockets;

namespace Parley.Client.Native.Connection;

/// <summary>
/// Connects to a name that may have several addresses, of which some may lead nowhere (a broken IPv6 at home is common): each address gets a head start on
/// the next, IPv6 and IPv4 take turns, and the first that answers wins (RFC 8305, in short).
/// </summary>
internal static class AddressRace
{
    /// <summary>The head start: RFC 8305, section 5, recommends 250 ms.</summary>
    internal static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <exception cref="SocketException">None of the addresses answers, or there is none.</exception>
    internal static async Task<Socket> ConnectAsync(string host, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(host))
            throw new SocketException((int)SocketError.HostNotFound);
        var addresses = new Queue<IPAddress>(TakeTurns(await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false)));
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>();
        var failure = new SocketException((int)SocketError.HostNotFound);
        while (addresses.Count > 0 || running.Count > 0)
        {
            if (addresses.TryDequeue(out var address))
                running.Add(ConnectAsync(new IPEndPoint(address, port), race.Token));
            var headStart = Task.Delay(addresses.Count > 0 ? HeadStart : Timeout.InfiniteTimeSpan, time, race.Token);
            if (await Task.WhenAny([.. running, headStart]).ConfigureAwait(false) is not Task<Socket> arrived)
            {
                cancellationToken.ThrowIfCancellationRequested();
                continue;
            }

            running.Remove(arrived);
            try
            {
                var winner = await arrived.ConfigureAwait(false);
                await race.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(running.Select(DropAsync)).ConfigureAwait(false);
                return winner;
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw failure;
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DropAsync(Task<Socket> loser)
    {
        try
        {
            (await loser.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It lost before it arrived.
        }
    }

    // In the order of the system's preference, but the families by turns.
    private static IEnumerable<IPAddress> TakeTurns(IPAddress[] addresses)
    {
        var first = addresses.Where(a => a.AddressFamily == addresses[0].AddressFamily).ToList();
        var second = addresses.Except(first).ToList();
        for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
        {
            if (i < first.Count)
                yield return first[i];
            if (i < second.Count)
                yield return second[i];
        }
    }
}
