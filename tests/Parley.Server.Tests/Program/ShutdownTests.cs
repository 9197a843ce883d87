using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace Parley.Server.Tests.Program;

/// <summary>SIGTERM and SIGINT: finish what is queued, commit, tell the clients, close, exit 0 within five seconds.</summary>
public sealed class ShutdownTests
{
    [Theory]
    [InlineData(PosixSignalNumber.Terminate)]
    [InlineData(PosixSignalNumber.Interrupt)]
    public async Task Under_load_it_ends_in_time_and_keeps_what_it_acknowledged(PosixSignalNumber signal)
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (first, login) = await server.ConnectLevel2Async("alice");
        var peers = new List<RawPeer> { first };
        while (peers.Count < 6)
        {
            peers.Add(await RawPeer.ConnectAsync(server));
            await peers[^1].ComeBackAsync(login.Token);
        }

        var sending = peers.Select((p, i) => TalkUntilClosedAsync(p, login.ChannelId("general"), i)).ToList();
        await using var silent = await RawPeer.ConnectAsync(server);
        await Eventually.TrueAsync(async () => await LastNumberAsync(server, login) > 200, "200 messages");
        var started = Stopwatch.GetTimestamp();
        var exitCode = await server.SignalAsync(signal);
        var took = Stopwatch.GetElapsedTime(started);
        var acknowledged = (await Task.WhenAll(sending)).SelectMany(nonces => nonces).ToList();

        Assert.Equal(0, exitCode);
        Assert.InRange(took.TotalSeconds, 0, 5);
        await server.RestartAsync();
        var kept = await NoncesAsync(server);
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(kept));
        Assert.Equal(kept.Distinct().Count(), kept.Count);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Those_who_are_there_are_told()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await using var old = await server.ConnectLevel1Async("alice");
        var (bob, _) = await server.ConnectLevel2Async("bob");

        await server.TerminateAsync();

        var toLevel1 = await old.CollectUntilClosedAsync();
        var toLevel2 = await bob.CollectUntilClosedAsync();
        new Frame(toLevel1.Single(f => f.Type() == "system").GetRawText()).ShouldBe(new { type = "system", message = "<text>" });
        new Frame(toLevel2[^1].GetRawText()).ShouldBe(new { type = "closing", reason = "shutdown", message = "<text>", reconnect = "later" });
        await Assert.ThrowsAnyAsync<SocketException>(() => RawPeer.ConnectAsync(server));
        await bob.DisposeAsync();
    }

    [Theory]
    [InlineData(PosixSignalNumber.Terminate)]
    [InlineData(PosixSignalNumber.Interrupt)]
    public async Task With_peers_that_do_nothing_it_ends_in_time_and_says_nothing_of_errors(PosixSignalNumber signal)
    {
        await using var server = await ServerProcess.StartAsync("--no-limits");
        var peers = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            peers.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
            await peers[^1].ConnectAsync(server.Host, server.Port);
            if (i % 2 == 0)
                await peers[^1].SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02 }); // Half of a TLS record.
        }

        await using var alice = await server.ConnectLevel1Async("alice");
        var started = Stopwatch.GetTimestamp();
        var exitCode = await server.SignalAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        Assert.DoesNotContain(server.ErrorLines, l => l.Contains("   at ", StringComparison.Ordinal));
        peers.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task With_a_peer_that_reads_nothing_it_ends_in_time()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        await using var slow = await RawPeer.ConnectAsync(server);
        await slow.ComeBackAsync(login.Token);
        slow.Socket.ReceiveBufferSize = 4096;
        for (var i = 0; i < 300; i++)
            await alice.SayAsync(login.ChannelId("general"), new string('x', 2000));

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.TerminateAsync());

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task While_it_hashes_passwords_it_ends_in_time()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var peers = new List<RawPeer>();
        for (var i = 0; i < 40; i++) // Ten seconds of work and more.
        {
            peers.Add(await RawPeer.ConnectAsync(server));
            await peers[^1].SendAsync(new { type = "auth_register", username = $"user_{i}", password = "secret" });
        }

        await peers[0].ReceiveAsync("auth_result");
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.TerminateAsync());

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    // Keeps 50 messages under way until the server closes; returns the nonces that were acknowledged.
    private static async Task<List<string>> TalkUntilClosedAsync(RawPeer peer, long channel, int author)
    {
        var acknowledged = new List<string>();
        var sent = 0;
        try
        {
            while (true)
            {
                for (; sent - acknowledged.Count < 50; sent++)
                    await peer.SendAsync(new { type = "message", @ref = sent, channel_id = channel, content = $"{author}:{sent}", nonce = $"{author}-{sent}" });
                JsonElement frame;
                do
                    frame = await peer.ReceiveAsync();
                while (frame.Type() != "ack" && frame.Type() != "closing");
                if (frame.Type() == "closing")
                    break;
                acknowledged.Add(frame.Text("nonce")!);
            }

            acknowledged.AddRange((await peer.CollectUntilClosedAsync()).Where(f => f.Type() == "ack").Select(f => f.Text("nonce")!));
        }
        catch (Exception e) when (e is IOException or PeerException)
        {
            // Closed while it spoke or listened.
        }

        return acknowledged;
    }

    private static async Task<long> LastNumberAsync(ServerProcess server, Level2Login login)
    {
        await using var peer = await RawPeer.ConnectAsync(server);
        return (await peer.ComeBackAsync(login.Token)).Ready.Items("channels")[0].Number("last_number");
    }

    // Every message's content tells its nonce.
    private static async Task<List<string>> NoncesAsync(ServerProcess server)
    {
        await using var peer = await RawPeer.ConnectAsync(server);
        var login = await peer.LogInLevel2Async("alice");
        var nonces = new List<string>();
        JsonElement page;
        do
        {
            page = await peer.AskAsync("history", ("channel_id", login.ChannelId("general")), ("after", nonces.Count), ("limit", 100));
            nonces.AddRange(page.Items("events").Select(e => e.Text("content")!.Replace(':', '-')));
        }
        while (page.GetProperty("more").GetBoolean());
        return nonces;
    }
}
