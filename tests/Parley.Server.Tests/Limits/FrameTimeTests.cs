using Parley.Server.Hosting;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": how long a frame may be before the login, and how long one may be under way.</summary>
public sealed class FrameTimeTests
{
    private const int MostBeforeTheLogin = 4 * 1024;

    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Before_the_login_a_frame_has_4_KiB_at_most_and_afterwards_1_MiB(bool usesTls)
    {
        using var folder = new TempFolder();
        await using var server = await StartAsync(folder, usesTls);
        await using var longest = await ConnectAsync(server, usesTls);
        await longest.SendFrameAsync(Login(MostBeforeTheLogin));
        Assert.True((await longest.ReceiveAsync("auth_result")).GetProperty("success").GetBoolean());
        await longest.SendTextAsync($$"""{"type":"nothing","filler":"{{new string('x', 200_000)}}"}""");
        await longest.SkipToAsync("error");

        await using var tooLong = await ConnectAsync(server, usesTls);
        await tooLong.HelloAsync();
        await tooLong.SendBytesAsync(RawPeer.Frame(Login(MostBeforeTheLogin + 1)).AsMemory(0, 4)); // Not a byte of it has to come.

        var word = Assert.Single(await tooLong.CollectUntilClosedAsync());
        Assert.Equal(("closing", "protocol_violation", "never"), (word.Type(), word.Text("reason"), word.Text("reconnect")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_frame_is_waited_for_for_30_seconds(bool usesTls)
    {
        using var folder = new TempFolder();
        await using var server = await StartAsync(folder, usesTls);
        await using var peer = await ConnectAsync(server, usesTls);
        await peer.LogInLevel2Async(LocalServer.Name(1));
        var frame = RawPeer.Frame(new { type = "ping", @ref = 1, filler = new string('x', 9_000) });
        await peer.SendBytesAsync(frame.AsMemory(0, frame.Length / 2));
        await using (var other = await ConnectAsync(server, usesTls))
        {
            for (var i = 0; i < 20; i++)
                await other.DrainAsync(); // By now the server has most likely taken the half; where it has not, its time begins later.
        }

        server.Clock.Advance(FrameTime - Moment);
        await peer.SendBytesAsync(frame.AsMemory(frame.Length / 2));
        Assert.Equal("pong", (await peer.SkipToAsync("pong")).Type());

        // Each frame has its own time, and none where nothing is under way.
        server.Clock.Advance(10 * FrameTime);
        await peer.SendBytesAsync(frame.AsMemory(0, 2));
        await Eventually.TrueAsync(
            () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                return peer.Socket.Poll(1_000, System.Net.Sockets.SelectMode.SelectRead);
            },
            "the end of the connection");

        var word = (await peer.CollectUntilClosedAsync())[^1];
        Assert.Equal(("closing", "timeout", "now"), (word.Type(), word.Text("reason"), word.Text("reconnect")));
    }

    [Fact]
    public async Task At_level_1_the_end_is_told_in_its_words()
    {
        await using var server = await LocalServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        await peer.LogInAsync(LocalServer.Name(1));
        await peer.SendBytesAsync(new byte[] { 0, 0 });

        await Eventually.TrueAsync(
            () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                return peer.Socket.Poll(1_000, System.Net.Sockets.SelectMode.SelectRead);
            },
            "the end of the connection");

        Assert.Equal("system", Assert.Single(await peer.CollectUntilClosedAsync()).Type());
    }

    [Fact]
    public async Task Long_frames_have_32_MiB_together()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, Limits = new() { LongFrameBytes = 1_000_000 } });
        var (first, _) = await server.EnterLevel2Async(1);
        await using var owned = first;
        var (second, _) = await server.EnterLevel2Async(2);
        await using var ownedToo = second;
        var half = RawPeer.Frame(new { type = "ping", @ref = 1, filler = new string('x', 900_000) });
        await first.SendBytesAsync(half.AsMemory(0, half.Length - 1));
        await second.SendBytesAsync(half.AsMemory(0, half.Length - 1));

        // One of them has no room; the other goes on, and what it took is there again afterwards.
        var word = await Task.WhenAny(EndAsync(first), EndAsync(second));
        Assert.Equal(("closing", "limit"), ((await word).Type(), (await word).Text("reason")));

        static async Task<System.Text.Json.JsonElement> EndAsync(RawPeer peer) => await peer.SkipToAsync("closing");
    }

    private static byte[] Login(int bytes)
    {
        var text = $$"""{"type":"auth_login","username":"{{LocalServer.Name(1)}}","password":"{{LocalServer.Password}}","filler":""}""";
        return System.Text.Encoding.UTF8.GetBytes(text.Insert(text.Length - 2, new string('x', bytes - text.Length)));
    }

    private static async Task<LocalServer> StartAsync(TempFolder folder, bool usesTls)
    {
        if (!usesTls)
            return await LocalServer.StartAsync();
        Server.Transport.CertificateFiles.Make(
            folder["server.crt"], folder["server.key"], ["127.0.0.1"], new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        return await LocalServer.StartAsync(new ServerOptions { Certificate = folder["server.crt"], Key = folder["server.key"] });
    }

    private static Task<RawPeer> ConnectAsync(LocalServer server, bool usesTls) => usesTls ? server.ConnectTlsAsync() : server.ConnectAsync();
}
