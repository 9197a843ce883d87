using System.Net.Sockets;
using System.Security.Authentication;

namespace Parley.Server.Tests.Program;

/// <summary>One server with TLS for all of them; its certificate is the one that it made itself.</summary>
public sealed class TlsServer : IAsyncLifetime
{
    private ServerProcess? _process;

    public ServerProcess Process => _process ?? throw new InvalidOperationException("The server has not been started.");

    public async ValueTask InitializeAsync() => _process = await ServerProcess.StartAsync("--no-limits");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}

public sealed class TlsTests(TlsServer tls) : IClassFixture<TlsServer>
{
    private const byte Alert = 21;
    private const byte Handshake = 22;

    private ServerProcess Server => tls.Process;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Both_versions_work(SslProtocols version)
    {
        await using var peer = await RawPeer.ConnectTlsAsync(Server.Host, Server.Port, Server.Fingerprint, version);

        await WorksAsync(peer);
    }

    /// <summary>
    /// By hand, since the client's own library may not offer 1.1 any more; that the same hello with 1.2 is taken shows that the version is what is refused.
    /// </summary>
    [Theory]
    [InlineData(3, Handshake)] // TLS 1.2
    [InlineData(2, Alert)] // TLS 1.1
    [InlineData(1, Alert)] // TLS 1.0
    [InlineData(0, Alert)] // SSL 3
    public async Task Versions_below_1_2_are_refused(byte minor, byte answer)
    {
        using var socket = new TcpClient(Server.Host, Server.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync(ClientHello(minor));
        var record = new byte[1];
        var received = await stream.ReadAsync(record).AsTask().WaitAsync(Deadline.Default);

        // An alert, or a plain close; never a handshake.
        Assert.True(received == 0 ? answer == Alert : record[0] == answer, $"{received} bytes, of type {record[0]}");
    }

    [Fact]
    public async Task A_plain_client_is_closed_and_holds_nobody_up()
    {
        await using var plain = await RawPeer.ConnectAsync(Server.Host, Server.Port);
        await plain.SendAsync(new { type = "auth_login", username = "alice", password = "secret" });
        await plain.Socket.ReceiveAsync(new byte[100]).WaitAsync(Deadline.Default);

        await using var peer = await RawPeer.ConnectAsync(Server);
        await WorksAsync(peer);
    }

    [Fact]
    public async Task Clients_that_stall_in_the_handshake_hold_nobody_up()
    {
        var stalled = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            stalled.Add(new TcpClient(Server.Host, Server.Port));
            if (i % 2 == 0)
                await stalled[^1].GetStream().WriteAsync(ClientHello(3).AsMemory(0, i / 2));
        }

        await using var peer = await RawPeer.ConnectAsync(Server);
        await WorksAsync(peer);
        stalled.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task The_largest_frames_pass_both_ways()
    {
        await using var peer = await Server.ConnectLevel1Async("large_frames");
        var padding = new string('x', 1_048_576 - """{"type":"channel_list","padding":""}""".Length);

        for (var i = 0; i < 5; i++)
            await peer.SendAsync(new { type = "channel_list", padding });

        for (var i = 0; i < 5; i++)
            await peer.ReceiveAsync("channel_info");
    }

    [Fact]
    public async Task A_frame_may_be_cut_at_every_byte_into_records()
    {
        await using var peer = await RawPeer.ConnectAsync(Server);
        var frame = RawPeer.Frame(new { type = "x" });

        for (var cut = 1; cut < frame.Length; cut++)
        {
            await peer.SendBytesAsync(frame.AsMemory(0, cut));
            await peer.SendBytesAsync(frame.AsMemory(cut));
            Assert.Equal("not_authenticated", (await peer.ReceiveAsync("error")).Text("code"));
        }
    }

    [Fact]
    public async Task A_tls_client_at_a_plain_port_is_closed()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await using var peer = await RawPeer.ConnectAsync(server);

        // As a length, the first four bytes of a TLS record are above 300 million.
        await peer.SendBytesAsync(ClientHello(3));

        await peer.ExpectCloseAsync();
    }

    [Fact]
    public async Task Many_messages_at_once_pass_whole_and_in_order()
    {
        var (alice, login) = await Server.ConnectLevel2Async("many_messages");
        var channel = login.ChannelId("general");

        await alice.SendBytesAsync(
            Enumerable.Range(0, 2_000).SelectMany(i => RawPeer.Frame(new { type = "message", @ref = i, channel_id = channel, content = $"{i}" })).ToArray());

        var (acks, events) = (new List<long>(), new List<string?>());
        while (acks.Count < 2_000 || events.Count < 2_000)
        {
            var frame = await alice.ReceiveAsync();
            if (frame.Type() == "ack")
                acks.Add(frame.Number("ref"));
            else if (frame.Type() == "event")
                events.Add(frame.GetProperty("event").Text("content"));
        }

        Assert.Equal(Log.From(0, 2_000), acks);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{i}"), events);
        await alice.DisposeAsync();
    }

    private static async Task WorksAsync(RawPeer peer)
    {
        await peer.SendAsync(new { type = "x" });
        Assert.Equal("not_authenticated", (await peer.ReceiveAsync("error")).Text("code"));
    }

    // RFC 5246, 7.4.1.2: version 3.x, no session, suites for each version, the groups and signatures that go with them.
    private static byte[] ClientHello(byte minor)
    {
        byte[] suites = [0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x2F, 0x00, 0x35];
        byte[] extensions =
        [
            0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x17, 0x00, 0x1D, // Supported groups: P-256, X25519.
            0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // Uncompressed points.
            0x00, 0x0D, 0x00, 0x0A, 0x00, 0x08, 0x04, 0x03, 0x04, 0x01, 0x08, 0x04, 0x02, 0x01, // ECDSA and RSA with SHA-256, RSA-PSS, RSA with SHA-1.
        ];
        byte[] body =
        [
            0x03, minor, .. Enumerable.Repeat((byte)7, 32), 0x00, 0x00, (byte)suites.Length, .. suites, 0x01, 0x00, 0x00, (byte)extensions.Length, .. extensions,
        ];
        return [Handshake, 0x03, Math.Min(minor, (byte)1), 0x00, (byte)(body.Length + 4), 0x01, 0x00, 0x00, (byte)body.Length, .. body];
    }
}
