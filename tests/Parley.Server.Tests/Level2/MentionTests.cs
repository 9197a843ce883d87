using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class MentionTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Who_is_meant_stands_in_the_event_and_in_history()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, bobReady) = await EnterLevel2Async();
        var (_, carolReady) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SayAsync(log, $"@{NameIn(carolReady)}, @{bob.Name.ToUpperInvariant()} and @{bob.Name}: lunch?");

        var live = await bob.NextAsync("event");
        Assert.Equal([IdIn(bobReady), IdIn(carolReady)], Mentions(live["event"]));
        Assert.Equal(live["event"]!.ToJsonString(), (await bob.HistoryAsync(log)).List("events").Single()!.ToJsonString());
    }

    [Fact]
    public async Task A_page_says_it_for_each_of_its_events_in_both_directions()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, bobReady) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        foreach (var content in new[] { $"@{bob.Name}", "nobody", $"@{bob.Name} too", $"@{bob.Name} and out of the page" })
            await alice.SayAsync(log, content);

        var forward = await alice.RequestAsync(new { type = "history", channel_id = log, after = 0, limit = 3 });
        var backward = await alice.RequestAsync(new { type = "history", channel_id = log, before = 4, limit = 3 });

        foreach (var page in new[] { forward, backward })
            Assert.Equal([IdIn(bobReady), 0, IdIn(bobReady)], page.List("events").Select(e => e!["mentions"]?.AsArray().Single()!.GetValue<long>() ?? 0));
    }

    [Fact]
    public async Task Nobody_is_meant_by_a_name_that_nobody_has_nor_by_ones_own()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SayAsync(log, $"@{Server.NewFreeName()} and @{alice.Name}, see `@{alice.Name}`");

        Assert.False((await alice.NextAsync("event"))["event"]!.AsObject().ContainsKey("mentions"));
    }

    [Fact]
    public async Task Mentions_are_counted_above_the_read_position()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        foreach (var content in new[] { "one", $"@{bob.Name} two", "three", $"@{bob.Name} four", "five" })
            await alice.SayAsync(log, content);
        await bob.NextAsync(5);

        var before = (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log);
        await bob.RequestAsync(new { type = "read", channel_id = log, number = 2 });
        var moved = await bob.NextAsync("read");
        var after = (await ComeBackAsync(bob.Token)).Ready.ChannelIn(log);

        Assert.Equal((5, 2), (before["unread"]!.GetValue<long>(), before["mentions"]!.GetValue<long>()));
        moved.ShouldBe(new { type = "read", channel_id = log, number = 2, unread = 3, mentions = 1 });
        Assert.Equal((3, 1), (after["unread"]!.GetValue<long>(), after["mentions"]!.GetValue<long>()));
        Assert.Equal(0, (await ComeBackAsync(alice.Token)).Ready.ChannelIn(log)["mentions"]!.GetValue<long>());
    }

    [Fact]
    public async Task In_a_conversation_only_the_other_one_is_meant()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, bobReady) = await EnterLevel2Async();
        var (carol, _) = await EnterLevel2Async();

        await alice.RequestAsync(new { type = "private_message", to = bob.Name, content = $"@{bob.Name}, do not tell @{carol.Name}" });

        var live = await bob.SkipToAsync("event");
        Assert.Equal([IdIn(bobReady)], Mentions(live["event"]));
        Assert.Equal(1, (await ComeBackAsync(bob.Token)).Ready.ConversationIn(alice.Name)!["mentions"]!.GetValue<long>());
        await NothingReachedAsync(carol, alice);
    }

    [Fact]
    public async Task Level_1_means_people_too_and_hears_nothing_of_it()
    {
        var (bob, bobReady) = await EnterLevel2Async();
        var old = await EnterAsync();

        await old.SendAsync(new { type = "message", content = $"@{bob.Name} hi" });

        (await old.NextAsync()).ShouldBe(
            new { type = "message", channel = "general", sender = old.Name, content = $"@{bob.Name} hi", timestamp = "<time>", id = "<id>" });
        Assert.Equal([IdIn(bobReady)], Mentions((await bob.NextAsync("event"))["event"]));
    }

    private static long[] Mentions(JsonNode? happened) => [.. happened!["mentions"]!.AsArray().Select(id => id!.GetValue<long>())];

    private static long IdIn(Frame ready) => ready["user"]!["id"]!.GetValue<long>();

    private static string NameIn(Frame ready) => ready["user"]!["username"]!.GetValue<string>();
}
