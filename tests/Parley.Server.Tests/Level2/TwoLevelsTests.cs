namespace Parley.Server.Tests.Level2;

/// <summary>People of both levels talk with each other and notice nothing.</summary>
[Collection(Level2Server.Name)]
public sealed class TwoLevelsTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_message_of_level_1_is_an_event_at_level_2()
    {
        var alice = await EnterAsync();
        var (bob, ready) = await EnterLevel2Async();
        var room = await RoomAsync(alice);
        var log = (await ComeBackAsync(bob.Token)).Ready.List("channels").Single(c => c["name"]!.GetValue<string>() == room)["id"]!.GetValue<long>();

        var said = await alice.AskAsync(new { type = "message", content = "from level 1" });
        await alice.AskAsync(new { type = "action", content = "waves" });

        var live = (await bob.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "from level 1"));
        Assert.Equal(
            (said.Number("id"), said.Text("timestamp")), (live["event"]!["message_id"]!.GetValue<long>(), live["event"]!["timestamp"]!.GetValue<string>()));
        (await bob.NextAsync()).ShouldBe(Log.Event(log, 2, alice, "waves", "action"));
        Assert.Equal(ready["user"]!["username"]!.GetValue<string>(), bob.Name);
    }

    [Fact]
    public async Task A_message_of_level_2_reaches_those_of_level_1_who_are_in_the_channel()
    {
        var alice = await EnterAsync();
        var outside = await EnterAsync();
        var (bob, _) = await EnterLevel2Async();
        var room = await RoomAsync(alice);

        var ack = await bob.RequestAsync(new { type = "message", channel = room, content = "from level 2", nonce = "n" });
        await bob.RequestAsync(new { type = "action", channel = room, content = "waves" });

        (await alice.NextAsync()).ShouldBe(
            new { type = "message", channel = room, sender = bob.Name, content = "from level 2", timestamp = ack.Text("timestamp"), id = ack.Number("message_id") });
        (await alice.NextAsync()).ShouldBe(new { type = "action", channel = room, sender = bob.Name, content = "waves", timestamp = "<time>" });
        await NothingReachedAsync(outside, alice);
        Assert.Equal(["from level 2", "waves"], (await alice.AskAsync(new { type = "channel_join", channel = room })).Names("history", "content"));
    }

    [Fact]
    public async Task Both_see_one_order()
    {
        var alice = await EnterAsync();
        var (bob, _) = await EnterLevel2Async();
        var room = await RoomAsync(alice);

        await Task.WhenAll(
            alice.SendTogetherAsync(Enumerable.Range(0, 100).Select(i => new { type = "message", content = $"a{i}" })),
            bob.SendTogetherAsync(Enumerable.Range(0, 100).Select(i => new { type = "message", @ref = i, channel = room, content = $"b{i}" })));

        var atLevel1 = (await alice.NextAsync(200)).Select(f => f.Text("content"));
        var atLevel2 = new List<string>();
        while (atLevel2.Count < 200)
            atLevel2.Add((await bob.SkipToAsync("event")).EventContent());
        Assert.Equal(atLevel2, atLevel1);
    }

    [Fact]
    public async Task A_private_message_crosses_the_levels_both_ways()
    {
        var alice = await EnterAsync();
        var (bob, _) = await EnterLevel2Async();

        var echo = await alice.AskAsync(new { type = "private_message", to = bob.Name, content = "psst" });
        await bob.NextAsync("conversation_opened");
        var live = await bob.NextAsync("event");
        live.ShouldBe(Log.Event(live.Number("channel_id"), 1, alice, "psst"));
        Assert.Equal(echo.Text("timestamp"), live["event"]!["timestamp"]!.GetValue<string>());

        var ack = await bob.SayAsync(live.Number("channel_id"), "yes?");
        (await alice.NextAsync()).ShouldBe(new { type = "private_message", from = bob.Name, content = "yes?", timestamp = ack.Text("timestamp") });
    }

    [Fact]
    public async Task What_level_2_said_to_somebody_away_is_delivered_at_a_login_of_level_1()
    {
        var (alice, _) = await EnterLevel2Async();
        var away = Server.NewName();
        var ack = await alice.RequestAsync(new { type = "private_message", to = away, content = "later" });

        var bob = await EnterAsync(away);

        (await bob.NextAsync()).ShouldBe(new { type = "private_message", from = alice.Name, content = "later", timestamp = ack.Text("timestamp") });
        await bob.HeardNothingAsync();
    }

    [Fact]
    public async Task A_channel_made_at_either_level_is_told_at_both()
    {
        var alice = await EnterAsync();
        var (bob, _) = await EnterLevel2Async();
        var name = Server.NewChannelName();

        var told = await alice.AskAsync(new { type = "channel_create", name, description = "d" });

        Assert.Equal(told.Raw, (await bob.NextAsync()).Raw);
    }

    [Fact]
    public async Task One_user_at_both_levels_is_one_user()
    {
        var witness = await EnterAsync();
        var alice = await EnterAsync();
        var (aliceElsewhere, _) = await EnterLevel2Async(alice.Name);

        await NothingReachedAsync(witness, alice);
        await aliceElsewhere.SkipToAsync("event"); // What alice said to the witness, on her other screen.
        await aliceElsewhere.DisposeAsync();
        await NothingReachedAsync(witness, alice);
    }
}
