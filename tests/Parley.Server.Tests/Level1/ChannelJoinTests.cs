namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class ChannelJoinTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Who_goes_to_a_channel_is_told_of_at_both_ends()
    {
        var behind = await EnterAsync();
        var ahead = await EnterAsync();
        var walker = await EnterAsync();
        var room = await RoomAsync(ahead);

        await walker.SendAsync(new { type = "channel_join", channel = room });

        var joined = await walker.NextAsync();
        joined.ShouldBe(new { type = "channel_joined", channel = room, history = Array.Empty<object>(), users = "<list>" });
        Assert.Equal(new[] { ahead.Name, walker.Name }.Order(StringComparer.Ordinal), joined.Names("users", "username"));
        (await behind.NextAsync()).ShouldBe(new { type = "user_left", channel = "general", username = walker.Name });
        (await ahead.NextAsync()).ShouldBe(new { type = "user_joined", channel = room, username = walker.Name });
        await NothingReachedAsync(behind, ahead);
        await NothingReachedAsync(ahead, behind);
        await walker.HeardNothingAsync();
    }

    [Fact]
    public async Task The_name_is_trimmed_and_lower_cased()
    {
        var alice = await EnterAsync();
        var room = await NewChannelAsync(alice);

        var joined = await alice.AskAsync(new { type = "channel_join", channel = $"  {room.ToUpperInvariant()} " });

        joined.ShouldBe(new { type = "channel_joined", channel = room, history = Array.Empty<object>(), users = new[] { new { username = alice.Name, status = "online" } } });
    }

    [Theory]
    [InlineData("""{"type":"channel_join"}""", "invalid", "Channel name required.")]
    [InlineData("""{"type":"channel_join","channel":null}""", "invalid", "Channel name required.")]
    [InlineData("""{"type":"channel_join","channel":""}""", "invalid", "Channel name required.")]
    [InlineData("""{"type":"channel_join","channel":"  "}""", "invalid", "Channel name required.")]
    [InlineData("""{"type":"channel_join","channel":"nowhere"}""", "not_found", "Channel 'nowhere' not found.")]
    [InlineData("""{"type":"channel_join","channel":" NoWhere "}""", "not_found", "Channel 'nowhere' not found.")]
    public async Task A_join_that_fails_leaves_one_where_one_was(string request, string code, string message)
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await RoomAsync(alice, bob);

        await alice.SendTextAsync(request);

        (await alice.NextAsync()).ShouldBeError(code, message);
        await bob.SendAsync(new { type = "message", content = "still here?" });
        (await alice.NextAsync()).ShouldBe(
            new { type = "message", channel = alice.Channel, sender = bob.Name, content = "still here?", timestamp = "<time>", id = "<id>" });
    }

    [Fact]
    public async Task The_history_is_the_last_50_oldest_first_as_they_were_said()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(alice);
        var said = new List<Frame>();
        for (var i = 1; i <= 55; i++)
            said.Add(await alice.AskAsync(new { type = i % 5 == 0 ? "action" : "message", content = $"line {i}" }));

        var history = (await MoveAsync(bob, room)).List("history");

        Assert.Equal(50, history.Count);
        Assert.All(said.Skip(5).Zip(history), pair =>
        {
            var (live, kept) = pair;
            var id = live.Type == "message" ? (object)live.Number("id") : "<id>";
            var expected = Json.Write(
                new { sender = alice.Name, content = live.Text("content"), timestamp = live.Text("timestamp"), msg_type = live.Type, id });
            Assert.Null(WirePattern.Difference(System.Text.Json.Nodes.JsonNode.Parse(expected), kept, "$"));
        });
        Assert.Equal(history.Select(h => h["id"]!.GetValue<long>()).Order(), history.Select(h => h["id"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Who_is_there_is_listed_in_code_point_order()
    {
        var zoe = await EnterAsync("Zoe");
        var alice = await EnterAsync("alice");
        var underscore = await EnterAsync("_x_");
        var bob = await EnterAsync("Bob");
        var room = await RoomAsync(zoe, alice, underscore, bob);

        var list = await alice.AskAsync(new { type = "user_list" });

        list.ShouldBe(
            new { type = "user_list", channel = room, users = new[] { "Bob", "Zoe", "_x_", "alice" }.Select(username => new { username, status = "online" }) });
        Assert.Equal(["Bob", "Zoe", "_x_", "alice"], (await bob.AskAsync(new { type = "channel_join", channel = room })).Names("users", "username"));
    }

    [Fact]
    public async Task Who_is_there_twice_is_listed_once()
    {
        var first = await EnterAsync();
        var second = await EnterAsync(first.Name);
        var room = await RoomAsync(first);
        await second.AskAsync(new { type = "channel_join", channel = room });

        var list = await second.AskAsync(new { type = "user_list" });

        list.ShouldBe(new { type = "user_list", channel = room, users = new[] { new { username = first.Name, status = "online" } } });
    }

    [Fact]
    public async Task Who_leaves_is_told_of_gets_no_answer_and_hears_no_more()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(alice, bob);

        await alice.SendAsync(new { type = "channel_leave", channel = room });

        (await bob.NextAsync()).ShouldBe(new { type = "user_left", channel = room, username = alice.Name });
        (await bob.AskAsync(new { type = "message", content = "gone?" })).ShouldBe(
            new { type = "message", channel = room, sender = bob.Name, content = "gone?", timestamp = "<time>", id = "<id>" });
        await alice.HeardNothingAsync();
        await NothingReachedAsync(alice, bob);
    }

    [Fact]
    public async Task With_no_channel_there_is_nowhere_to_speak_nothing_to_list_and_nothing_to_leave()
    {
        var alice = await EnterAsync();
        await alice.SendAsync(new { type = "channel_leave" });

        (await alice.AskAsync(new { type = "message", content = "hello?" })).ShouldBeError("no_channel", "You must join a channel first.");
        (await alice.AskAsync(new { type = "action", content = "waits" })).ShouldBeError("no_channel", "You must join a channel first.");
        await alice.SendAsync(new { type = "user_list" });
        await alice.SendAsync(new { type = "channel_leave" });
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task A_list_of_another_channel_is_there_for_the_asking()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(bob);

        (await alice.AskAsync(new { type = "user_list", channel = $" {room.ToUpperInvariant()}" })).ShouldBe(
            new { type = "user_list", channel = room, users = new[] { new { username = bob.Name, status = "online" } } });
        (await alice.AskAsync(new { type = "user_list", channel = "Nowhere" })).ShouldBeError("not_found", "Channel 'nowhere' not found.");
    }
}
