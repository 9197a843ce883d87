using Parley.Server.Events.Feeds;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Rights;

/// <summary>Who may see a channel changes while people talk in it: nothing is shown to whoever may not see it, and nothing is lost to whoever may.</summary>
public sealed class VisibilityTests : VisibilityTest
{
    [Fact]
    public async Task Who_loses_a_channel_and_gets_it_back_hears_all_of_it_between_and_nothing_else_on_every_connection()
    {
        var (first, login) = await Server.EnterLevel2Async(Bob);
        await using var one = first;
        await using var other = await Server.ConnectAsync();
        await other.ComeBackAsync(login.Token);
        var talk = TalkAsync();

        for (var i = 0; i < Changes; i++)
        {
            await DoAsync("channels.expel", Bob);
            await DoAsync("channels.admit", Bob);
        }

        var last = await talk.EndAsync();
        foreach (var peer in new[] { one, other })
        {
            var watch = new ChannelWatch(BoardId, isSeen: true, 0);
            watch.Follow(await peer.CollectUntilAsync(m => IsEvent(m, last)));
            Assert.Equal((Changes, Changes), (watch.Lost, watch.Appeared));
        }
    }

    [Fact]
    public async Task A_channel_that_becomes_private_is_gone_for_all_but_those_who_are_in_it_and_comes_back_for_all()
    {
        await DoAsync("channels.admit", Bob);
        var (bob, _) = await Server.EnterLevel2Async(Bob);
        await using var insider = bob;
        var (carol, _) = await Server.EnterLevel2Async(Carol);
        await using var outsider = carol;
        var talk = TalkAsync();

        for (var i = 0; i < Changes; i++)
        {
            await DoAsync("channels.private");
            await DoAsync("channels.public");
        }

        var last = await talk.EndAsync();
        var inside = new ChannelWatch(BoardId, isSeen: true, 0);
        inside.Follow(await insider.CollectUntilAsync(m => IsEvent(m, last)));
        Assert.Equal((0, 0), (inside.Lost, inside.Appeared));
        var outside = new ChannelWatch(BoardId, isSeen: true, 0);
        outside.Follow(await outsider.CollectUntilAsync(m => IsEvent(m, last)));
        Assert.Equal((Changes, Changes), (outside.Lost, outside.Appeared));
    }

    [Theory]
    [InlineData("channels.expel", "channels.admit", true)]
    [InlineData("channels.private", "channels.public", false)]
    public async Task Who_comes_while_it_changes_is_told_what_they_may_see_and_the_rest_follows(string lose, string gain, bool isOne)
    {
        var (first, login) = await Server.EnterLevel2Async(Bob);
        await first.DisposeAsync();
        var talk = TalkAsync();
        using var enough = new CancellationTokenSource();
        var changing = ChangeAsync(lose, gain, isOne ? Bob : null, enough.Token);
        List<(RawPeer Peer, ChannelWatch Watch)> people = [];

        for (var i = 0; i < 40; i++)
        {
            var peer = await Server.ConnectAsync();
            var ready = (await peer.ComeBackAsync(login.Token)).Ready;
            people.Add((peer, ChannelWatch.Of(BoardId, ready.Items("channels"))));
        }

        await enough.CancelAsync();
        await changing;
        var last = await talk.EndAsync();
        foreach (var (peer, watch) in people)
        {
            watch.Follow(await peer.CollectUntilAsync(m => IsEvent(m, last)));
            await peer.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("channels.expel", "channels.admit", true)]
    [InlineData("channels.private", "channels.public", false)]
    public async Task A_list_that_is_asked_for_while_it_changes_is_one_step_with_what_follows(string lose, string gain, bool isOne)
    {
        var (first, _) = await Server.EnterLevel2Async(Bob);
        await using var peer = first;
        var talk = TalkAsync();
        using var enough = new CancellationTokenSource();
        var changing = ChangeAsync(lose, gain, isOne ? Bob : null, enough.Token);
        var watch = new ChannelWatch(BoardId, isSeen: true, 0);

        for (var i = 0; i < 100; i++)
        {
            await peer.SendAsync(new { type = "channel_list" });
            await peer.SendAsync(new { type = "history", channel_id = BoardId, limit = 1 });
            watch.Follow(await peer.CollectUntilAsync(m => m.Type() is "history" or "error"));
        }

        await enough.CancelAsync();
        await changing;
        var last = await talk.EndAsync();
        watch.Follow(await peer.CollectUntilAsync(m => IsEvent(m, last)));
    }

    [Fact]
    public async Task A_slow_reader_has_its_pages_then_the_last_word_and_then_nothing()
    {
        for (var i = 0; i < 100; i++)
            await Alice.SayAsync(BoardId, new string('x', 1_500));
        var (slow, _) = await Server.EnterLevel2Async(Bob);
        await using var bob = slow;
        bob.Socket.ReceiveBufferSize = 4096;
        for (var i = 0; i < 8; i++)
            await bob.SendAsync(new { type = "history", channel_id = BoardId, limit = 100, @ref = i });
        await Alice.SayAsync(BoardId, "the last that bob may see");

        await DoAsync("channels.expel", Bob);
        for (var i = 0; i < 20; i++)
            await Alice.SayAsync(BoardId, "secret");
        await bob.SendAsync(new { type = "history", channel_id = BoardId, @ref = 8 });

        var seen = await bob.CollectUntilAsync(m => m.Has("ref") && m.Number("ref") == 8);
        Assert.Equal("not_found", seen[^1].Text("code"));
        var lastWord = seen.Select((m, i) => (m, i)).Single(x => x.m.Type() == "channel_removed").i;
        Assert.DoesNotContain(seen.Skip(lastWord + 1), m => m.Type() is "history" or "event");
        Assert.DoesNotContain(seen, m => m.GetRawText().Contains("secret", StringComparison.Ordinal));
        Assert.Single(seen, m => m.Type() == "event");
    }

    /// <summary>More sets than there are feeds: those with one, and those who ride along, each hear what they see, whoever else there is.</summary>
    [Fact]
    public async Task Everybody_hears_what_they_see_however_many_sets_there_are()
    {
        const int People = DialectFeeds.MostSets - 4;
        List<RawPeer> peers = [];
        List<long> channels = [];
        for (var i = 0; i < DialectFeeds.MostSets + 4; i++)
        {
            channels.Add((await Alice.AskAsync("channel_create", ("name", $"room-{i}"))).Number("channel_id"));
            await DoAsync("channels.admit", $"room-{i}", LocalServer.Name(Author));
            await DoAsync("channels.private", $"room-{i}", null);
            await DoAsync("channels.admit", $"room-{i}", LocalServer.Name(2 + (i % People)));
        }

        // The first of them have a set that eight connections share, the last ride along.
        for (var i = 0; i < People; i++)
        {
            var (first, login) = await Server.EnterLevel2Async(2 + i);
            peers.Add(first);
            for (var j = 1; i < 3 && j < DialectFeeds.FewestForAFeed; j++)
            {
                peers.Add(await Server.ConnectAsync());
                await peers[^1].ComeBackAsync(login.Token);
            }
        }

        foreach (var channel in channels)
            await Alice.SayAsync(channel, "who hears it?");
        await Alice.SayAsync(BoardId, "the end");

        foreach (var (peer, i) in peers.Select((peer, i) => (peer, Person: i < 24 ? i / 8 : i - 21)))
        {
            var heard = (await peer.CollectUntilAsync(m => IsEvent(m, 1))).Where(m => m.Type() == "event").Select(m => m.Number("channel_id"));
            Assert.Equal([.. channels.Where((_, number) => number % People == i), BoardId], heard);
            await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_appears_says_what_its_member_has_read_of_it()
    {
        await Alice.SayAsync(BoardId, "one");
        await DoAsync("channels.private");
        await Alice.SayAsync(BoardId, $"two, @{LocalServer.Name(Bob)}");
        var (bob, login) = await Server.EnterLevel2Async(Bob);
        await using var peer = bob;
        Assert.DoesNotContain(login.Ready.Items("channels"), c => c.Number("id") == BoardId);

        await DoAsync("channels.admit", Bob);

        var channel = (await bob.SkipToAsync("channel_created")).GetProperty("channel");
        await using var again = await Server.ConnectAsync();
        var ready = (await again.ComeBackAsync(login.Token)).Ready.Items("channels").Single(c => c.Number("id") == BoardId);
        Assert.Equal(ready.GetRawText(), channel.GetRawText());
        Assert.Equal((2, 2, 0), (channel.Number("last_number"), channel.Number("unread"), channel.Number("mentions")));
    }

    [Fact]
    public async Task In_no_list_and_by_no_news_is_a_private_channel_told_to_who_may_not_see_it()
    {
        await DoAsync("channels.private");
        var (bob, _) = await Server.EnterLevel2Async(Bob);
        await using var level2 = bob;
        await using var carol = await Server.ConnectAsync();
        await carol.SendAsync(new { type = "auth_login", username = LocalServer.Name(Carol), password = LocalServer.Password });
        await carol.SkipToAsync("channel_joined");

        var said = await Alice.SayAsync(BoardId, $"secret of @{LocalServer.Name(Bob)}");
        var message = said.Number("message_id");
        await Alice.AskAsync("message_edit", ("message_id", message), ("content", "secret, too"));
        await Alice.AskAsync("reaction_add", ("message_id", message), ("emoji", "👍"));
        await Alice.AskAsync("read", ("channel_id", BoardId), ("number", 1));
        await Alice.AskAsync("message_delete", ("message_id", message));
        await DoAsync("channels.rename", name: Board, to: "chamber");
        await DoAsync("channels.hide", name: "chamber");
        await DoAsync("channels.unhide", name: "chamber");
        await DoAsync("channels.rename", name: "chamber", to: Board);
        await Alice.AskAsync("channel_create", ("name", "for-all"));

        foreach (var peer in new[] { bob, carol })
        {
            var news = await peer.CollectUntilAsync(m => m.Type() == "channel_created");
            Assert.Equal("for-all", news[^1].GetProperty("channel").Text("name"));
            Assert.DoesNotContain(news, m => m.Type() is not ("channel_created" or "presence" or "user_joined" or "status_change"));
        }

        string[] changes = ["message_edit", "message_delete", "reaction_add", "reaction_remove"];
        foreach (var (type, field) in changes.Zip(["content", "reason", "emoji", "emoji"]))
            Assert.Equal("not_found", (await bob.AskAsync(type, ("message_id", message), (field, "👍"))).Text("code"));
        await DoAsync("channels.rename", name: "for-all", to: "for-us");
        Assert.Equal(["for-us", "general"], (await carol.SkipToAsync("channel_info")).Items("channels").Select(c => c.Text("name")));
        await carol.SendAsync(new { type = "channel_list" });
        Assert.Equal(["for-us", "general"], (await carol.SkipToAsync("channel_info")).Items("channels").Select(c => c.Text("name")));
        await DoAsync("channels.admit", Carol);
        Assert.Equal(Board, (await carol.SkipToAsync("channel_created")).GetProperty("channel").Text("name"));
        await carol.SendAsync(new { type = "user_list", channel = Board });
        Assert.Equal([LocalServer.Name(Author)], (await carol.SkipToAsync("user_list")).Items("users").Select(u => u.Text("username")));
    }
}
