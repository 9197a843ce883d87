using System.Net;
using System.Net.Sockets;
using Parley.Client.Native.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class AddressRaceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_with_several_addresses_is_reached_at_the_one_that_answers()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();

        using var socket = await AddressRace.ConnectAsync("localhost", ((IPEndPoint)listener.LocalEndPoint!).Port, TimeProvider.System, Cancel);

        Assert.True(socket.Connected);
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task Where_none_answers_the_last_failure_tells()
    {
        using var port = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound and not listening: nobody else takes it meanwhile.

        var refused = await Assert.ThrowsAsync<SocketException>(
            () => AddressRace.ConnectAsync("127.0.0.1", ((IPEndPoint)port.LocalEndPoint!).Port, TimeProvider.System, Cancel));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task A_race_can_be_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0); // Whoever comes after the first waits in vain.
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        var waiting = Enumerable.Range(0, 8).Select(_ => AddressRace.ConnectAsync("127.0.0.1", port, TimeProvider.System, giveUp.Token)).ToList();

        await giveUp.CancelAsync();

        foreach (var attempt in waiting)
        {
            try
            {
                (await attempt).Dispose();
            }
            catch (OperationCanceledException)
            {
                continue;
            }
        }

        Assert.Contains(waiting, attempt => attempt.IsCanceled);
    }
}
