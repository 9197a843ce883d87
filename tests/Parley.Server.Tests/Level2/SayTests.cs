namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class SayTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_message_is_acknowledged_with_its_number_and_everyone_gets_the_event()
    {
        var (alice, _) = await EnterLevel2Async();
        var (aliceElsewhere, _) = await EnterLevel2Async(alice.Name);
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        var ack = await alice.SayAsync(log, "Hello 👋", "n-1");

        ack.ShouldBe(new { type = "ack", channel_id = log, number = 1, message_id = "<id>", timestamp = "<time>", nonce = "n-1" });
        var live = (await alice.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "Hello 👋", nonce: "n-1"));
        Assert.Equal(live.Raw, (await aliceElsewhere.NextAsync()).Raw);
        Assert.Equal(live.Raw, (await bob.NextAsync()).Raw);
        Assert.Equal(ack.Number("message_id"), live["event"]!["message_id"]!.GetValue<long>());
        Assert.Equal(ack.Text("timestamp"), live["event"]!["timestamp"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_a_nonce_there_is_none_in_the_ack_and_none_in_the_event()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        (await alice.SayAsync(log, "plain")).ShouldBe(new { type = "ack", channel_id = log, number = 1, message_id = "<id>", timestamp = "<time>" });
        (await alice.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "plain"));
    }

    [Fact]
    public async Task An_action_takes_the_next_number_of_the_same_log()
    {
        var (alice, _) = await EnterLevel2Async();
        var (log, name) = await NewNamedLogAsync(alice);
        await alice.SayAsync(log, "one");

        var ack = await alice.RequestAsync(new { type = "action", channel = $" {name.ToUpperInvariant()} ", content = "waves" });

        ack.ShouldBe(new { type = "ack", channel_id = log, number = 2, message_id = "<id>", timestamp = "<time>" });
        await alice.NextAsync("event");
        (await alice.NextAsync()).ShouldBe(Log.Event(log, 2, alice, "waves", "action"));
    }

    [Fact]
    public async Task Each_log_has_numbers_of_its_own()
    {
        var (alice, _) = await EnterLevel2Async();
        var first = await NewLogAsync(alice);
        var second = await NewLogAsync(alice);

        var numbers = new List<long>();
        foreach (var log in new[] { first, second, first, second, second })
            numbers.Add((await alice.SayAsync(log, "x")).Number("number"));

        Assert.Equal([1, 1, 2, 2, 3], numbers);
    }

    [Fact]
    public async Task Rules_of_content_hold_here_too_and_what_is_refused_takes_no_number()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        (await alice.RequestAsync(new { type = "message", channel_id = log, content = " \n" })).ShouldBeError("invalid", "Message cannot be empty.");
        (await alice.RequestAsync(new { type = "message", channel_id = log })).ShouldBeError("invalid", "Message cannot be empty.");
        (await alice.RequestAsync(new { type = "action", channel_id = log, content = new string('x', 2001) })).ShouldBeError(
            "invalid", "Message must be at most 2000 characters.");
        (await alice.RequestAsync(new { type = "message", channel = "nowhere", content = "x" })).ShouldBeError("not_found", "Channel 'nowhere' not found.");

        Assert.Equal(1, (await alice.SayAsync(log, "a\u0007b\r\n")).Number("number"));
        (await alice.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "ab\n"));
    }

    [Fact]
    public async Task A_channel_created_is_answered_by_its_id_and_told_to_everyone()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var carol = await EnterAsync();
        var name = Server.NewChannelName();

        var done = await alice.RequestAsync(new { type = "channel_create", name = $" {name.ToUpperInvariant()}", description = "What we listen to" });

        done.ShouldBe(new { type = "done", channel_id = "<id>" });
        var told = (await alice.NextAsync()).ShouldBe(
            new { type = "channel_created", channel = new { id = done.Number("channel_id"), name, description = "What we listen to" } });
        Assert.Equal(told.Raw, (await bob.NextAsync()).Raw);
        Assert.Equal(told.Raw, (await carol.NextAsync()).Raw);
        (await bob.RequestAsync(new { type = "channel_create", name })).ShouldBeError("exists", $"Channel '{name}' already exists.");
    }

    [Fact]
    public async Task The_list_of_channels_is_that_of_level_1_with_the_numbers_of_ready()
    {
        var (alice, _) = await EnterLevel2Async();
        var carol = await EnterAsync();
        await NewLogAsync(alice);

        var told = (await alice.RequestAsync(new { type = "channel_list" })).List("channels").Select(c => c.ToJsonString()).ToList();

        Assert.Equal((await ComeBackAsync(alice.Token)).Ready.List("channels").Select(c => c.ToJsonString()), told);
        var plain = (await carol.SkipAndAskAsync(new { type = "channel_list" }, "channel_info")).List("channels").Select(c => c["name"]!.GetValue<string>());
        Assert.Equal(plain, told.Select(c => System.Text.Json.Nodes.JsonNode.Parse(c)!["name"]!.GetValue<string>()));
    }
}
