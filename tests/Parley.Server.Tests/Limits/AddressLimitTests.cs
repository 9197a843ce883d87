using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Hosting;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": connections of an address, and connections that have not logged in.</summary>
public sealed class AddressLimitTests
{
    private const int MostOfAnAddress = 200;

    [Fact]
    public async Task An_address_has_200_connections_and_one_more_when_one_goes()
    {
        await using var server = await LocalServer.StartAsync();
        var peers = await ConnectAsync(server, MostOfAnAddress);

        await using var tooMany = await server.ConnectAsync(2);
        var word = Assert.Single(await tooMany.CollectUntilClosedAsync());
        await using var elsewhere = await server.ConnectAsync(3);
        await RespondsAsync(elsewhere);
        await peers[0].DisposeAsync();

        Assert.Equal(("error", "busy", "Too many connections from your address."), (word.Type(), word.Text("code"), word.Text("message")));
        await Eventually.TrueAsync(() => IsServedAsync(server), "a connection in the place of the one that went");
        await DisposeAsync(peers);
    }

    [Fact]
    public async Task Without_limits_an_address_has_more()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });

        var peers = await ConnectAsync(server, (2 * MostOfAnAddress) + 50);

        await DisposeAsync(peers);
    }

    [Fact]
    public async Task Sockets_that_never_say_a_word_are_counted_before_a_handshake_costs_anything()
    {
        using var folder = new TempFolder();
        await using var server = await LocalServer.StartAsync(new ServerOptions { Certificate = Certificate(folder).Certificate, Key = folder["server.key"] });
        var hanging = new List<RawPeer>();
        for (var i = 0; i < 2 * MostOfAnAddress; i++)
            hanging.Add(await server.ConnectAsync(2));

        await using var tooMany = await server.ConnectAsync(2);
        await tooMany.ExpectCloseAsync();
        await using var other = await server.ConnectTlsAsync();

        await other.LogInAsync(LocalServer.Name(1));
        await DisposeAsync(hanging);
    }

    [Fact]
    public void There_are_4096_connections_at_once_that_have_not_logged_in()
    {
        using var limits = new ConnectionLimits(new ServerLimits(), TimeProvider.System);
        for (var i = 0; i < 4_096; i++)
            Assert.Null(limits.RefuseEntry(new IPAddress(i + 1)));

        Assert.Equal("The server is busy. Try again later.", limits.RefuseEntry(new IPAddress(5_000)));
        limits.NoLongerUnauthenticated();
        Assert.Null(limits.RefuseEntry(new IPAddress(5_000)));
    }

    [Fact]
    public void Four_hundred_come_from_an_address_in_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        using var limits = new ConnectionLimits(new ServerLimits(), clock);
        var address = IPAddress.Loopback;
        for (var i = 0; i < 400; i++)
        {
            Assert.True(limits.TryAccept(address));
            limits.SocketClosed(address);
        }

        Assert.False(limits.TryAccept(address));
        Assert.True(limits.TryAccept(IPAddress.IPv6Loopback));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(limits.TryAccept(address));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void A_subscriber_is_one_address(string peer, string counted) =>
        Assert.Equal(IPAddress.Parse(counted), ConnectionLimits.KeyOf(new IPEndPoint(IPAddress.Parse(peer), 1)));

    private static (string Certificate, string Key) Certificate(TempFolder folder)
    {
        var (certificate, key) = (folder["server.crt"], folder["server.key"]);
        Transport.CertificateFiles.Make(certificate, key, ["127.0.0.1"], new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        return (certificate, key);
    }

    private static async Task<List<RawPeer>> ConnectAsync(LocalServer server, int count)
    {
        var peers = new List<RawPeer>();
        for (var i = 0; i < count; i++)
        {
            peers.Add(await server.ConnectAsync(2));
            await RespondsAsync(peers[^1]);
        }

        return peers;
    }

    private static async Task RespondsAsync(RawPeer peer)
    {
        await peer.SendAsync(new { type = "ping" });
        Assert.Equal("not_authenticated", (await peer.ReceiveAsync("error")).Text("code"));
    }

    private static async Task<bool> IsServedAsync(LocalServer server)
    {
        await using var peer = await server.ConnectAsync(2);
        await peer.SendAsync(new { type = "ping" });
        return (await peer.ReceiveAsync("error")).Text("code") == "not_authenticated";
    }

    private static async Task DisposeAsync(List<RawPeer> peers)
    {
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }
}
