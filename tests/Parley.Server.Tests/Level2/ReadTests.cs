namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class ReadTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Reading_is_told_to_all_of_the_users_connections_and_to_nobody_else()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var (bobElsewhere, _) = await EnterLevel2Async(bob.Name);
        var log = await TalkAsync(alice, 5, bob, bobElsewhere);

        var done = await bob.RequestAsync(new { type = "read", channel_id = log, number = 3 });

        done.ShouldBe(new { type = "done" });
        (await bob.NextAsync()).ShouldBe(new { type = "read", channel_id = log, number = 3, unread = 2, mentions = 0 });
        (await bobElsewhere.NextAsync()).ShouldBe(new { type = "read", channel_id = log, number = 3, unread = 2, mentions = 0 });
        await NothingReachedAsync(alice, bob);
    }

    [Fact]
    public async Task Reading_never_goes_back_and_what_does_not_move_is_not_told()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await TalkAsync(alice, 5, bob);
        await bob.RequestAsync(new { type = "read", channel_id = log, number = 4 });
        await bob.NextAsync("read");

        foreach (var number in new long[] { 4, 2, 0 })
            (await bob.RequestAsync(new { type = "read", channel_id = log, number })).ShouldBe(new { type = "done" });

        await NothingReachedAsync(bob, alice);
        var state = (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log);
        Assert.Equal((4, 1), (state["read_number"]!.GetValue<long>(), state["unread"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Above_the_latest_counts_as_the_latest()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await TalkAsync(alice, 2, bob);

        await bob.RequestAsync(new { type = "read", channel_id = log, number = long.MaxValue });
        (await bob.NextAsync()).ShouldBe(new { type = "read", channel_id = log, number = 2, unread = 0, mentions = 0 });

        await alice.SayAsync(log, "news");
        Assert.Equal(1, (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log)["unread"]!.GetValue<long>());
    }

    [Fact]
    public async Task Ready_says_how_far_each_channel_has_come_and_how_far_one_has_read()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var (log, name) = await NewNamedLogAsync(alice);
        for (var i = 0; i < 7; i++)
            await alice.SayAsync(log, $"{i}");
        await bob.RequestAsync(new { type = "read", channel_id = log, number = 5 });

        var (_, ready) = await ComeBackAsync(bob.Token);

        Assert.Null(WirePattern.Difference(
            System.Text.Json.Nodes.JsonNode.Parse(Json.Write(new { id = log, name, description = "", last_number = 7, read_number = 5, unread = 2, mentions = 0 })), ready.ChannelIn(log), "$"));
    }

    [Fact]
    public async Task Ones_own_messages_are_not_unread()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        foreach (var author in new[] { alice, bob, alice, bob, bob })
            await author.SayAsync(log, "x");

        Assert.Equal(3, (await ComeBackAsync(alice.Token)).Ready.ChannelIn(log)["unread"]!.GetValue<long>());
        Assert.Equal(2, (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log)["unread"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_new_member_starts_with_all_that_was_said_before_as_read()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await TalkAsync(alice, 3);
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello" });
        await peer.SendAsync(new { type = "auth_register", username = Server.NewFreeName(), password = "secret" });
        var token = (await peer.NextAsync("auth_result")).Text("token");

        var ready = await peer.NextAsync("ready");
        await alice.SayAsync(log, "welcome!");
        var (_, later) = await ComeBackAsync(token);

        Assert.Equal((3, 3, 0), State(ready));
        Assert.Equal((4, 3, 1), State(later));

        (long Last, long Read, long Unread) State(Frame r) =>
            (
                r.ChannelIn(log)["last_number"]!.GetValue<long>(), r.ChannelIn(log)["read_number"]!.GetValue<long>(),
                r.ChannelIn(log)["unread"]!.GetValue<long>());
    }

    [Fact]
    public async Task Unread_is_counted_up_to_a_thousand()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        await alice.SendTogetherAsync(Enumerable.Range(1, 1005).Select(i => new { type = "message", @ref = i, channel_id = log, content = "x" }));
        for (var i = 0; i < 1005; i++)
            await alice.SkipToAsync("ack");

        var state = (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log);

        Assert.Equal((1005, 1000), (state["last_number"]!.GetValue<long>(), state["unread"]!.GetValue<long>()));
        await bob.RequestAsync(new { type = "read", channel_id = log, number = 6 });
        Assert.Equal(999, (await bob.SkipToAsync("read")).Number("unread"));
    }

    [Theory]
    [InlineData("""{"type":"read","channel_id":1,"number":"3"}""")]
    [InlineData("""{"type":"read","channel_id":1,"number":2.5}""")]
    [InlineData("""{"type":"read","channel_id":[],"number":1}""")]
    public async Task A_position_that_is_no_number_is_invalid(string request)
    {
        var (alice, _) = await EnterLevel2Async();

        (await alice.RequestAsync(System.Text.Json.Nodes.JsonNode.Parse(request)!)).ShouldBeRefusal("invalid");
    }

    private async Task<long> TalkAsync(Peer author, int count, params Peer[] listeners)
    {
        var log = await NewLogAsync(author);
        for (var i = 0; i < count; i++)
            await author.SayAsync(log, $"{i}");
        foreach (var peer in listeners.Append(author))
            Assert.All(await peer.NextAsync(count), f => Assert.Equal("event", f.Type));
        return log;
    }
}
