namespace Parley.Server.Tests.Admin;

/// <summary><c>parley-server channels</c>.</summary>
public sealed class ChannelCommandTests
{
    [Fact]
    public async Task A_channel_that_is_renamed_goes_on_at_both_levels()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (alice, _) = await server.ConnectLevel2Async("alice");
        await using var level2 = alice;
        var id = (await alice.AskAsync("channel_create", ("name", "music"))).Number("channel_id");
        await alice.SayAsync(id, "said before");
        await using var bob = await server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "channel_join", channel = "music" });
        await bob.SkipToAsync("channel_joined");

        await Operator.DoAsync(server.Folder, "channels", "rename", "music", "tunes");

        var updated = (await alice.SkipToAsync("channel_updated")).GetProperty("channel");
        Assert.Equal((id, "tunes"), (updated.Number("id"), updated.Text("name")));
        var joined = await bob.SkipToAsync("channel_joined");
        Assert.Equal("tunes", joined.Text("channel"));
        Assert.Equal("said before", Assert.Single(joined.Items("history")).Text("content"));
        Assert.Equal(["general", "tunes"], (await bob.SkipToAsync("channel_info")).Items("channels").Select(c => c.Text("name")));
        await bob.SendAsync(new { type = "message", content = "to where I am" });
        Assert.Equal("tunes", (await bob.SkipToAsync("message")).Text("channel"));
        Assert.Equal(id, (await alice.SkipToAsync("event")).Number("channel_id"));
        Assert.Equal("Channel 'general' already exists.", await Operator.RefusedAsync(server.Folder, "channels", "rename", "tunes", "general"));
        Assert.Equal("Channel name must be at least 2 characters.", await Operator.RefusedAsync(server.Folder, "channels", "rename", "tunes", "x"));
        Assert.Equal(
            "#general stays as it is: every client begins there.", await Operator.RefusedAsync(server.Folder, "channels", "rename", "general", "lobby"));

        await bob.SendAsync(new { type = "channel_leave", channel = "tunes" });
        await bob.SendAsync(new { type = "message", content = "to nowhere" });
        Assert.Equal("no_channel", (await bob.SkipToAsync("error")).Text("code"));
    }

    [Fact]
    public async Task A_hidden_channel_is_no_longer_listed_written_or_read_and_comes_back_whole()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        await using var level2 = alice;
        var id = (await alice.AskAsync("channel_create", ("name", "spam"))).Number("channel_id");
        await alice.SayAsync(id, "kept");
        await using var bob = await server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "channel_join", channel = "spam" });
        await bob.SkipToAsync("channel_joined");

        await Operator.DoAsync(server.Folder, "channels", "hide", "#spam");

        Assert.Equal(id, (await alice.SkipToAsync("channel_removed")).Number("channel_id"));
        Assert.Equal("not_found", (await alice.AskAsync("history", ("channel_id", id))).Text("code"));
        Assert.Equal("not_found", (await alice.AskAsync("message", ("channel_id", id), ("content", "more"))).Text("code"));
        Assert.Equal("not_found", (await alice.AskAsync("read", ("channel_id", id), ("number", 1))).Text("code"));
        Assert.Equal("exists", (await alice.AskAsync("channel_create", ("name", "spam"))).Text("code"));
        Assert.Equal("Channel 'spam' is no longer there. Join another one.", (await bob.SkipToAsync("system")).Text("message"));
        Assert.Equal(["general"], (await bob.SkipToAsync("channel_info")).Items("channels").Select(c => c.Text("name")));
        await bob.SendAsync(new { type = "message", content = "more" });
        Assert.Equal("no_channel", (await bob.SkipToAsync("error")).Text("code"));
        await bob.SendAsync(new { type = "user_list" }); // Of no channel nothing is said: the next answer is the next command's.
        await bob.SendAsync(new { type = "channel_list" });
        Assert.Equal("channel_info", Assert.Single(await bob.CollectUntilAsync(_ => true)).Type());
        await using var again = await RawPeer.ConnectAsync(server);
        Assert.Equal(["general"], (await again.ComeBackAsync(login.Token)).Ready.Items("channels").Select(c => c.Text("name")));

        await Operator.DoAsync(server.Folder, "channels", "unhide", "spam");

        var created = (await alice.SkipToAsync("channel_created")).GetProperty("channel");
        Assert.Equal((id, 1L), (created.Number("id"), created.Number("last_number")));
        Assert.False((await bob.SkipToAsync("channel_created")).GetProperty("channel").Has("last_number"));
        Assert.Equal("kept", Assert.Single((await alice.AskAsync("history", ("channel_id", id))).Items("events")).Text("content"));
        Assert.Equal(2, (await alice.SayAsync(id, "and on")).Number("number"));
    }

    [Fact]
    public async Task A_private_channel_is_there_for_those_who_are_admitted_and_stays_so_after_a_restart()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        var id = (await alice.AskAsync("channel_create", ("name", "board"))).Number("channel_id");
        var (bob, bobsLogin) = await server.ConnectLevel2Async("bob");
        await alice.DisposeAsync();
        await bob.DisposeAsync();
        Assert.Equal(["alice sees #board already."], await Operator.DoAsync(server.Folder, "channels", "admit", "board", "Alice"));
        Assert.Equal(["#board is private now."], await Operator.DoAsync(server.Folder, "channels", "private", "#board"));
        Assert.Equal(["#board is private already."], await Operator.DoAsync(server.Folder, "channels", "private", "board"));
        Assert.Equal("There is no account 'nobody'.", await Operator.RefusedAsync(server.Folder, "channels", "admit", "board", "nobody"));
        Assert.Equal("#general stays as it is: every client begins there.", await Operator.RefusedAsync(server.Folder, "channels", "private", "general"));

        await server.RestartAsync();

        await using var insider = await RawPeer.ConnectAsync(server);
        await using var outsider = await RawPeer.ConnectAsync(server);
        Assert.Equal(["board", "general"], (await insider.ComeBackAsync(login.Token)).Ready.Items("channels").Select(c => c.Text("name")));
        Assert.Equal(["general"], (await outsider.ComeBackAsync(bobsLogin.Token)).Ready.Items("channels").Select(c => c.Text("name")));
        await insider.SayAsync(id, "for those who are in it");
        Assert.DoesNotContain(await outsider.DrainAsync(), m => m.Type() == "event");
        Assert.Equal(["#board is public now."], await Operator.DoAsync(server.Folder, "channels", "public", "board"));
        Assert.Equal(1, (await outsider.SkipToAsync("channel_created")).GetProperty("channel").Number("last_number"));
        await insider.SayAsync(id, "for all");
        Assert.Equal("for all", (await outsider.SkipToAsync("event")).GetProperty("event").Text("content"));
        Assert.Equal(["bob does not see #board now."], await Operator.DoAsync(server.Folder, "channels", "expel", "board", "bob"));
        Assert.Equal(id, (await outsider.SkipToAsync("channel_removed")).Number("channel_id"));
    }

    [Fact]
    public async Task After_a_channels_last_word_nothing_comes_of_it_however_many_talk_meanwhile()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, _) = await server.ConnectLevel2Async("alice");
        await using var writer = alice;
        var id = (await alice.AskAsync("channel_create", ("name", "spam"))).Number("channel_id");
        var (bob, _) = await server.ConnectLevel2Async("bob");
        await using var reader = bob;
        var hiding = Operator.DoAsync(server.Folder, "channels", "hide", "spam");

        var acknowledged = 0;
        while ((await alice.AskAsync("message", ("channel_id", id), ("content", "more"))).Type() == "ack")
            acknowledged++;
        await hiding;
        var seen = await bob.CollectUntilAsync(m => m.Type() == "channel_removed");
        await bob.SendAsync(new { type = "ping" });
        var after = await bob.CollectUntilAsync(m => m.Type() == "pong");

        Assert.Equal(acknowledged, seen.Count(m => m.Type() == "event"));
        Assert.DoesNotContain(after, m => m.Type() == "event");
        await server.TerminateAsync();
        Assert.Equal(acknowledged, Sql.Number(server.DatabasePath, $"SELECT COUNT(*) FROM messages WHERE channel_id = {id}"));
    }
}
