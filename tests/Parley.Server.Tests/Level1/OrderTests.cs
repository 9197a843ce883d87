namespace Parley.Server.Tests.Level1;

/// <summary>Answers, refusals and the echo of one's own messages leave in the order of their requests, however many are under way.</summary>
[Collection(Level1Server.Name)]
public sealed class OrderTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Fifty_mixed_frames_in_one_write_are_answered_in_their_order()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await RoomAsync(alice);
        var script = Enumerable.Range(0, 50).Select(i => Mixed(i, bob.Name)).ToList();

        await alice.SendTogetherAsync(script.Select(s => s.Request));

        foreach (var (_, answer) in script)
            Assert.Equal(answer, Shape(await alice.NextAsync()));
        await alice.HeardNothingAsync();
    }

    /// <summary>While others keep the disk busy, too: a refusal waits behind what its own connection has under way.</summary>
    [Fact]
    public async Task A_refusal_never_overtakes_a_message_however_busy_the_server_is()
    {
        var crowd = new List<Peer>();
        for (var i = 0; i < 8; i++)
            crowd.Add(await EnterAsync());
        var alice = await EnterAsync();
        await RoomAsync(alice);
        foreach (var peer in crowd)
            await peer.SendAsync(new { type = "channel_leave" });

        var elsewhere = await NewChannelAsync(alice);
        var noise = crowd.Select(p => p.SendTogetherAsync(Enumerable.Repeat(new { type = "message", channel = elsewhere, content = "noise" }, 1_500))).ToList();
        for (var i = 0; i < 300; i++)
        {
            await alice.SendTogetherAsync([new { type = "message", content = $"{i}" }, new { type = "message", content = "" }, new { type = "user_list" }]);
            if (i % 10 != 9)
                continue;
            for (var j = i - 9; j <= i; j++)
                Assert.Equal([$"message {j}", "error Message cannot be empty.", "user_list"], (await alice.NextAsync(3)).Select(Shape));
        }

        await Task.WhenAll(noise);
    }

    [Fact]
    public async Task Joins_and_messages_of_one_write_take_effect_one_after_the_other()
    {
        var alice = await EnterAsync();
        var first = await NewChannelAsync(alice);
        var second = await NewChannelAsync(alice);

        await alice.SendTogetherAsync([
            new { type = "channel_join", channel = first }, new { type = "message", content = "in first" }, new { type = "channel_join", channel = second },
            new { type = "message", content = "in second" }, new { type = "channel_leave" }, new { type = "message", content = "in none" },
            new { type = "channel_join", channel = first }]);

        var frames = await alice.NextAsync(6);
        Assert.Equal(["channel_joined", "message", "channel_joined", "message", "error", "channel_joined"], frames.Select(f => f.Type));
        Assert.Equal([first, first, second, second], frames.Take(4).Select(f => f.Text("channel")));
        Assert.Equal("no_channel", frames[4].Text("code"));
        Assert.Equal(["in first"], frames[5].Names("history", "content"));
    }

    [Fact]
    public async Task A_channel_created_is_there_for_the_next_frame_of_the_same_write()
    {
        var alice = await EnterAsync();
        var name = Server.NewChannelName();

        await alice.SendTogetherAsync([
            new { type = "channel_create", name }, new { type = "channel_create", name }, new { type = "channel_join", channel = name },
            new { type = "message", content = "first!" }]);

        Assert.Equal(["channel_created", "error", "channel_joined", "message"], (await alice.NextAsync(4)).Select(f => f.Type));
    }

    [Fact]
    public async Task A_login_and_what_follows_it_may_come_in_one_write()
    {
        var name = Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();

        await peer.SendTogetherAsync([
            new { type = "channel_list" }, new { type = "auth_login", username = name, password = PredecessorDatabase.Password },
            new { type = "channel_leave" },
            new { type = "message", content = "hi" }, new { type = "nonsense" }]);

        var frames = await peer.NextAsync(6);
        Assert.Equal(["error", "auth_result", "channel_info", "channel_joined", "error", "error"], frames.Select(f => f.Type));
        Assert.Equal(["not_authenticated", "no_channel", "unknown"], frames.Where(f => f.Type == "error").Select(f => f.Text("code")));
    }

    [Fact]
    public async Task All_in_a_channel_see_one_order()
    {
        var people = new List<Peer>();
        for (var i = 0; i < 6; i++)
            people.Add(await EnterAsync());
        await RoomAsync([.. people]);

        await Task.WhenAll(
            people.Select((p, author) => p.SendTogetherAsync(Enumerable.Range(0, 40).Select(i => new { type = "message", content = $"{author}:{i}" }))));

        var seen = new List<List<string>>();
        foreach (var person in people)
            seen.Add([.. (await person.NextAsync(240)).Select(f => f.Text("content"))]);
        Assert.All(seen, s => Assert.Equal(seen[0], s));
        Assert.All(Enumerable.Range(0, 6), author =>
            Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{author}:{i}"), seen[0].Where(c => c.StartsWith($"{author}:", StringComparison.Ordinal))));
    }

    private static (object Request, string Answer) Mixed(int i, string friend) => (i % 10) switch
    {
        0 => (new { type = "message", content = $"line {i}" }, $"message line {i}"),
        1 => (new { type = "message", content = " " }, "error Message cannot be empty."),
        2 => (new { type = "channel_list" }, "channel_info"),
        3 => (new { type = "action", content = $"does {i}" }, $"action does {i}"),
        4 => (new { type = $"odd-{i}" }, $"error Unknown message type: odd-{i}"),
        5 => (new { type = "private_message", to = friend, content = $"psst {i}" }, $"private_message psst {i}"),
        6 => (new { type = "user_list" }, "user_list"),
        7 => (new { type = "message", channel = "nowhere", content = "x" }, "error Channel 'nowhere' not found."),
        8 => (new { type = "message", content = 8 }, "error Invalid message format."),
        _ => (new { type = "private_message", to = "nobody_here", content = "x" }, "error User 'nobody_here' not found or offline."),
    };

    private static string Shape(Frame frame) => frame.Type switch
    {
        "error" => $"error {frame.Text("message")}",
        "message" or "action" or "private_message" => $"{frame.Type} {frame.Text("content")}",
        var type => type,
    };
}
