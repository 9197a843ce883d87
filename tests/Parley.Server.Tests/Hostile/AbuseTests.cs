using Parley.Server.Hosting;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Hostile;

/// <summary>Small things that somebody may try, each found by looking for it.</summary>
public sealed class AbuseTests
{
    /// <summary>The echo bears the name as it was sent: with a megabyte of blanks around it, it would fit no frame, and the event was lost with it.</summary>
    [Fact]
    public async Task A_name_too_long_to_be_echoed_is_refused_before_anything_is_stored()
    {
        await using var server = await LocalServer.StartAsync();
        var (bob, _) = await server.EnterLevel2Async(2);
        await using var owned = bob;
        await using var alice = await server.ConnectAsync();
        await alice.LogInAsync(LocalServer.Name(1));
        var blanks = new string(' ', 1_048_400);

        await alice.SendAsync(new { type = "private_message", to = LocalServer.Name(2) + blanks, content = "x" });
        var refused = await alice.SkipToAsync("error");
        await alice.SendAsync(new { type = "message", channel = "general" + blanks, content = "x" });
        var refusedToo = await alice.SkipToAsync("error");
        await alice.SendAsync(new { type = "private_message", to = $" {LocalServer.Name(2)} ", content = "y" });

        Assert.Equal(("not_found", "not_found"), (refused.Text("code"), refusedToo.Text("code")));
        Assert.Equal($" {LocalServer.Name(2)} ", (await alice.SkipToAsync("private_message")).Text("to"));
        Assert.Equal((1, "y"), (await bob.SkipToAsync("event")).GetProperty("event") is var e ? (e.Number("number"), e.Text("content")) : default);
    }

    [Fact]
    public async Task What_is_sent_behind_a_logout_is_nobodys()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        var (bob, _) = await server.EnterLevel2Async(2);
        await using var owned = bob;
        for (var i = 0; i < 20; i++)
        {
            var (alice, _) = await server.EnterLevel2Async(1);
            await alice.SendBytesAsync(
                (byte[])[.. RawPeer.Frame(new { type = "logout", @ref = 1 }), .. RawPeer.Frame(new { type = "message", channel_id = 1, content = "a ghost" })]);
            await alice.CollectUntilClosedAsync();
            await alice.DisposeAsync();
        }

        Assert.Equal(0, (await bob.AskAsync("history", ("channel_id", 1))).Number("last_number"));
    }

    [Fact]
    public async Task Who_is_there_twice_leaves_once()
    {
        await using var server = await LocalServer.StartAsync();
        await using var witness = await server.ConnectAsync();
        await witness.LogInAsync(LocalServer.Name(1));
        var (first, second) = (await server.ConnectAsync(), await server.ConnectAsync());
        await first.LogInAsync(LocalServer.Name(2));
        await second.LogInAsync(LocalServer.Name(2));
        await using var third = await server.ConnectAsync();
        await third.LogInAsync(LocalServer.Name(3));
        await witness.CollectUntilAsync(m => m.Text("username") == LocalServer.Name(3) && m.Type() == "status_change");

        await first.DisposeAsync();
        await third.DisposeAsync(); // Announced behind the first one's end, whatever was announced of that.
        var meanwhile = await witness.CollectUntilAsync(m => m.Text("username") == LocalServer.Name(3) && m.Type() == "status_change");
        await witness.SendAsync(new { type = "user_list" });
        var listed = await witness.SkipToAsync("user_list");
        await second.DisposeAsync();
        var left = await witness.CollectUntilAsync(m => m.Type() == "status_change");

        Assert.DoesNotContain(meanwhile, m => m.Text("username") == LocalServer.Name(2));
        Assert.Contains(listed.Items("users"), u => u.Text("username") == LocalServer.Name(2));
        Assert.Equal(["user_left", "status_change"], left.Select(m => m.Type()));
        Assert.Empty(await witness.DrainAsync());
    }

    [Fact]
    public async Task A_burst_of_people_who_come_back_is_one_presence_a_second()
    {
        await using var server = await LocalServer.StartAsync();
        var tokens = new List<string>();
        for (var user = 2; user <= 30; user++)
        {
            var (peer, login) = await server.EnterLevel2Async(user);
            tokens.Add(login.Token);
            await peer.DisposeAsync();
        }

        var (watcher, _) = await server.EnterLevel2Async(1);
        await using var owned = watcher;
        await QuietAsync(server, watcher);
        var back = new List<RawPeer>();
        foreach (var token in tokens)
        {
            back.Add(await server.ConnectAsync());
            await back[^1].ComeBackAsync(token);
        }

        var said = (await watcher.DrainAsync()).Where(m => m.Type() == "presence").ToList();
        Assert.InRange(said.Count, 0, 1);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        said.Add(await watcher.SkipToAsync("presence"));

        Assert.Equal(tokens.Count, said.SelectMany(p => p.Items("members")).Count(m => m.Text("status") == "online"));
        foreach (var peer in back)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_hide_who_comes()
    {
        await using var server = await LocalServer.StartAsync();
        var (watcher, _) = await server.EnterLevel2Async(1);
        await using var owned = watcher;
        await QuietAsync(server, watcher);

        server.Clock.SetBack = TimeSpan.FromHours(1);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (other, _) = await server.EnterLevel2Async(2);
        await using var ownedToo = other;

        Assert.Equal(LocalServer.Name(2), (await watcher.SkipToAsync("presence")).Items("members").Single().Text("username"));
    }

    // Everybody's going and coming so far is said, and a second has passed since.
    private static async Task QuietAsync(LocalServer server, RawPeer watcher)
    {
        for (var i = 0; i < 3; i++)
        {
            await watcher.DrainAsync();
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(
            async () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                var list = await watcher.AskAsync("user_list", ("channel", "general"));
                return list.Items("users").Count == 1 && !(await watcher.DrainAsync()).Any(m => m.Type() == "presence");
            },
            "quiet");
    }
}
