using System.Text.Json;

namespace Parley.Server.Tests.Persistence;

/// <summary>What was said and acknowledged is there after the process is gone, however it went.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task After_a_restart_everything_is_there()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("Alice");
        var (bob, bobLogin) = await server.ConnectLevel2Async("bob");
        var general = login.ChannelId("general");
        var music = (await alice.AskAsync("channel_create", ("name", "music"), ("description", "What we listen to"))).Number("channel_id");
        var first = await alice.SayAsync(music, "Grüße 👋", "n-1");
        await bob.AskAsync("action", ("channel_id", music), ("content", "waves"), ("nonce", "n-1"));
        var privately = await alice.AskAsync("private_message", ("to", "bob"), ("content", "psst"), ("nonce", "n-2"));
        await bob.AskAsync("read", ("channel_id", music), ("number", 1));
        await bob.AskAsync("status_set", ("status", "dnd"), ("text", "Writing an exam"));
        var pages = new List<string>();
        foreach (var id in new[] { general, music, privately.Number("channel_id") })
            pages.Add(Events(await alice.AskAsync("history", ("channel_id", id))));

        await server.RestartAsync();

        await using var aliceAgain = await RawPeer.ConnectAsync(server);
        await using var bobAgain = await RawPeer.ConnectAsync(server);
        var aliceReady = (await aliceAgain.ComeBackAsync(login.Token)).Ready;
        var bobReady = (await bobAgain.ComeBackAsync(bobLogin.Token)).Ready;
        Assert.Equal(login.Ready.Text("epoch"), aliceReady.Text("epoch"));
        Assert.Equal(login.Ready.GetProperty("user").GetRawText(), aliceReady.GetProperty("user").GetRawText());
        Assert.Equal(["Alice", "bob"], aliceReady.Items("members").Select(m => m.Text("username")));
        var shown = bobReady.Items("members").Single(m => m.Text("username") == "bob");
        Assert.Equal(("dnd", "Writing an exam"), (shown.Text("status"), shown.Text("text")));
        var channel = aliceReady.Items("channels").Single(c => c.Number("id") == music);
        Assert.Equal(("music", "What we listen to", 2), (channel.Text("name"), channel.Text("description"), channel.Number("last_number")));
        Assert.Equal((0, 1), State(channel));
        Assert.Equal((1L, 0L), State(bobReady.Items("channels").Single(c => c.Number("id") == music)));
        Assert.Equal((0L, 1L), State(bobReady.Items("conversations").Single()));
        var pagesAgain = new List<string>();
        foreach (var id in new[] { general, music, privately.Number("channel_id") })
            pagesAgain.Add(Events(await aliceAgain.AskAsync("history", ("channel_id", id))));
        Assert.Equal(pages, pagesAgain);
        // A nonce is for ever, and the log goes on where it was.
        Assert.Equal(WithoutRef(first), WithoutRef(await aliceAgain.SayAsync(music, "Grüße 👋", "n-1")));
        Assert.Equal(3, (await aliceAgain.SayAsync(music, "and on", "n-3")).Number("number"));
        await alice.DisposeAsync();
        await bob.DisposeAsync();

        static (long Read, long Unread) State(JsonElement channel) => (channel.Number("read_number"), channel.Number("unread"));
    }

    [Fact]
    public async Task Level_1_finds_its_history_its_account_and_what_was_kept_for_it()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        await using (var bob = await server.ConnectLevel1Async("Bob", "bob's password"))
        await using (var alice = await server.ConnectLevel1Async("alice"))
        {
            await bob.ReceiveAsync("user_joined");
            await bob.DisposeAsync();
            await alice.SkipToAsync("user_left");
            await alice.SendAsync(new { type = "message", content = "hello" });
            await alice.SkipToAsync("message");
            await alice.SendAsync(new { type = "private_message", to = "bob", content = "for later" });
            await alice.SkipToAsync("private_message");
        }

        await server.RestartAsync();

        await using var again = await RawPeer.ConnectAsync(server);
        var login = await again.LogInAsync("BOB", "bob's password");
        Assert.Equal("Bob", login.AuthResult.Text("username"));
        Assert.Equal(["hello"], login.ChannelJoined.Items("history").Select(h => h.Text("content")));
        Assert.Equal("for later", (await again.ReceiveAsync("private_message")).Text("content"));
        await server.RestartAsync();
        await using var thirdTime = await RawPeer.ConnectAsync(server);
        await thirdTime.LogInAsync("BOB", "bob's password");
        Assert.Empty(await thirdTime.DrainAsync());
    }

    /// <summary>SIGKILL, at any moment: what was acknowledged is there, once, and nothing is half there.</summary>
    [Fact]
    public async Task What_was_acknowledged_survives_a_kill()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        var general = login.ChannelId("general");
        for (var round = 0; round < 5; round++)
        {
            await using var peer = await RawPeer.ConnectAsync(server);
            await peer.ComeBackAsync(login.Token);
            var acknowledged = await KillWhileTalkingAsync(server, peer, general, round);
            await server.RestartAsync();

            await using var reader = await RawPeer.ConnectAsync(server);
            await reader.ComeBackAsync(login.Token);
            var kept = await AllAsync(reader, general);
            Assert.NotEmpty(acknowledged);
            Assert.Empty(acknowledged.Except(kept.Select(e => (e.Number("number"), e.Text("content")!))));
            Assert.Equal(Log.From(1, kept.Count), kept.Select(e => e.Number("number")));
            Assert.Equal(kept.Count, kept.Select(e => e.Text("content")).Distinct().Count());
        }

        await alice.DisposeAsync();
    }

    private static async Task<List<(long Number, string Content)>> KillWhileTalkingAsync(ServerProcess server, RawPeer peer, long channel, int round)
    {
        var acknowledged = new List<(long, string)>();
        await peer.SendBytesAsync(Enumerable.Range(0, 2_000)
            .SelectMany(i => RawPeer.Frame(new { type = "message", @ref = i, channel_id = channel, content = $"{round}:{i}", nonce = $"{round}-{i}" }))
            .ToArray());
        Task<int>? killing = null;
        try
        {
            while (true)
            {
                var frame = await peer.ReceiveAsync();
                if (frame.Type() == "ack")
                    acknowledged.Add((frame.Number("number"), $"{round}:{frame.Number("ref")}"));
                if (acknowledged.Count > 100 * round)
                    killing ??= server.KillAsync();
            }
        }
        catch (PeerException)
        {
            await (killing ?? Task.FromResult(0));
            return acknowledged;
        }
    }

    private static async Task<List<JsonElement>> AllAsync(RawPeer reader, long channel)
    {
        var all = new List<JsonElement>();
        JsonElement page;
        do
        {
            page = await reader.AskAsync("history", ("channel_id", channel), ("after", all.Count), ("limit", 100));
            all.AddRange(page.Items("events"));
        }
        while (page.GetProperty("more").GetBoolean());
        return all;
    }

    private static string Events(JsonElement page) => page.GetProperty("events").GetRawText();

    private static string WithoutRef(JsonElement frame) =>
        string.Join(',', frame.EnumerateObject().Where(p => p.Name != "ref").Select(p => $"{p.Name}={p.Value}"));
}
