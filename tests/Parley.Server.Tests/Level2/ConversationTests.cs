namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class ConversationTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_conversation_is_opened_once_and_told_to_its_two_people()
    {
        var (alice, _) = await EnterLevel2Async();
        var (aliceElsewhere, _) = await EnterLevel2Async(alice.Name);
        var (bob, _) = await EnterLevel2Async();

        var done = await alice.RequestAsync(new { type = "conversation_open", to = bob.Name.ToUpperInvariant() });
        var again = await bob.RequestAsync(new { type = "conversation_open", to = alice.Name });

        var id = done.ShouldBe(new { type = "done", channel_id = "<id>" }).Number("channel_id");
        Assert.Equal(done.Raw, again.Raw);
        foreach (var (peer, other) in new[] { (alice, bob), (aliceElsewhere, bob), (bob, alice) })
        {
            (await peer.NextAsync()).ShouldBe(
                new { type = "conversation_opened", conversation = new { id, with = new { id = "<id>", username = other.Name }, last_number = 0, read_number = 0, unread = 0, mentions = 0, last_message_id = "<number>" } });
            await peer.HeardNothingAsync();
        }
    }

    [Fact]
    public async Task A_first_private_message_makes_the_conversation_and_is_an_event_of_it()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();

        var ack = await alice.RequestAsync(new { type = "private_message", to = bob.Name.ToLowerInvariant(), content = "psst", nonce = "n" });

        var id =
            ack.ShouldBe(new { type = "ack", channel_id = "<id>", number = 1, message_id = "<id>", timestamp = "<time>", nonce = "n" }).Number("channel_id");
        foreach (var (peer, other) in new[] { (alice, bob), (bob, alice) })
        {
            var opened = await peer.NextAsync("conversation_opened");
            Assert.Equal((id, other.Name), (opened["conversation"]!["id"]!.GetValue<long>(), opened["conversation"]!["with"]!["username"]!.GetValue<string>()));
            (await peer.NextAsync()).ShouldBe(Log.Event(id, 1, alice, "psst", nonce: "n"));
        }
    }

    [Fact]
    public async Task Both_may_say_more_there_by_its_id_and_by_name()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var id = (await alice.RequestAsync(new { type = "conversation_open", to = bob.Name })).Number("channel_id");

        await alice.SayAsync(id, "one");
        await bob.RequestAsync(new { type = "private_message", to = alice.Name, content = "two" });
        await bob.RequestAsync(new { type = "action", channel_id = id, content = "nods" });

        var page = await alice.HistoryAsync(id);
        Assert.Equal(["one", "two", "nods"], page.Contents());
        Assert.Equal(["message", "message", "action"], page.Names("events", "kind"));
        Assert.Equal(page.Raw, (await bob.HistoryAsync(id)).Raw);
    }

    [Fact]
    public async Task Ready_shows_conversations_the_latest_first_with_what_is_unread()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var (carol, _) = await EnterLevel2Async();
        await bob.RequestAsync(new { type = "private_message", to = alice.Name, content = "1" });
        await carol.RequestAsync(new { type = "private_message", to = alice.Name, content = "2" });
        await carol.RequestAsync(new { type = "private_message", to = alice.Name, content = "3" });

        Assert.Equal([carol.Name, bob.Name], Names((await ComeBackAsync(alice.Token)).Ready));
        await bob.RequestAsync(new { type = "private_message", to = alice.Name, content = "4" });
        var (_, ready) = await ComeBackAsync(alice.Token);

        Assert.Equal([bob.Name, carol.Name], Names(ready));
        var withCarol = ready.ConversationIn(carol.Name)!;
        var expected = Json.Write(new { id = "<id>", with = new { id = "<id>", username = carol.Name }, last_number = 2, read_number = 0, unread = 2, mentions = 0, last_message_id = "<id>" });
        Assert.Null(WirePattern.Difference(System.Text.Json.Nodes.JsonNode.Parse(expected), withCarol, "$"));
        await alice.RequestAsync(new { type = "read", channel_id = withCarol["id"]!.GetValue<long>(), number = 2 });
        Assert.Equal(0, (await ComeBackAsync(alice.Token)).Ready.ConversationIn(carol.Name)!["unread"]!.GetValue<long>());

        static IEnumerable<string> Names(Frame r) => r.List("conversations").Select(c => c["with"]!["username"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_said_to_somebody_away_waits_in_the_conversation()
    {
        var (alice, _) = await EnterLevel2Async();
        var away = Server.NewName();
        await alice.RequestAsync(new { type = "private_message", to = away, content = "when you are back" });

        var (bob, ready) = await EnterLevel2Async(away);

        var conversation = ready.ConversationIn(alice.Name)!;
        Assert.Equal((1, 1), (conversation["last_number"]!.GetValue<long>(), conversation["unread"]!.GetValue<long>()));
        Assert.Equal(["when you are back"], (await bob.HistoryAsync(conversation["id"]!.GetValue<long>())).Contents());
    }

    [Fact]
    public async Task Notes_to_oneself_are_a_conversation_too()
    {
        var (alice, _) = await EnterLevel2Async();

        var ack = await alice.RequestAsync(new { type = "private_message", to = alice.Name, content = "milk" });

        Assert.Equal("ack", ack.Type);
        var opened = await alice.NextAsync("conversation_opened");
        Assert.Equal(alice.Name, opened["conversation"]!["with"]!["username"]!.GetValue<string>());
        (await alice.NextAsync()).ShouldBe(Log.Event(ack.Number("channel_id"), 1, alice, "milk"));
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task Nobody_is_not_found()
    {
        var (alice, _) = await EnterLevel2Async();

        (await alice.RequestAsync(new { type = "conversation_open", to = "Nobody_Here" })).ShouldBeRefusal("not_found");
        (await alice.RequestAsync(new { type = "private_message", to = "Nobody_Here", content = "x" })).ShouldBeError(
            "not_found", "User 'Nobody_Here' not found or offline.");
    }

    [Fact]
    public async Task Two_who_open_one_conversation_at_once_get_the_same()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();

        var answers = await Task.WhenAll(
            alice.RequestAsync(new { type = "conversation_open", to = bob.Name }), bob.RequestAsync(new { type = "conversation_open", to = alice.Name }));

        Assert.Equal(answers[0].Raw, answers[1].Raw);
        await alice.NextAsync("conversation_opened");
        await alice.HeardNothingAsync();
    }
}
