using System.Text.Json;
using Parley.Server.Hosting;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Level2;

/// <summary>Messages that change: edits, deletions, reactions, replies; each a numbered event, and a page tells what is so now.</summary>
public sealed class ChangeTests : IAsyncLifetime
{
    private LocalServer _server = null!; // Set before each test.
    private RawPeer _alice = null!;
    private RawPeer _bob = null!;
    private long _log;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        (_alice, _) = await _server.EnterLevel2Async(1);
        (_bob, _) = await _server.EnterLevel2Async(2);
        _log = (await _alice.AskAsync("channel_create", ("name", "log"))).Number("channel_id");
        await _bob.SkipToAsync("channel_created");
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_edit_is_told_to_everybody_and_stands_in_the_message_from_then_on()
    {
        var said = (await _alice.SayAsync(_log, "frist")).Number("message_id");

        var done = await _alice.AskAsync("message_edit", ("message_id", said), ("content", "first"), ("nonce", "e1"));

        Assert.Equal(("done", _log, 2L), (done.Type(), done.Number("channel_id"), done.Number("number")));
        await _bob.SkipToAsync("event");
        var pushed = await _bob.SkipToAsync("event");
        var told = pushed.GetProperty("event");
        Assert.Equal(("edit", 2L, said, "first", "e1"), (told.Text("kind"), told.Number("number"), told.Number("message_id"), told.Text("content"), pushed.Text("nonce")));
        var page = await HistoryAsync(_bob);
        var message = page.Items("events")[0];
        Assert.Equal(("first", 2L, 2L), (message.Text("content"), message.Number("changed"), message.Number("edited")));
        Assert.True(message.Has("edited_at"));
        var change = page.Items("events")[^1];
        Assert.Equal(("edit", "", 2L), (change.Text("kind"), change.Text("content"), page.Number("as_of")));
    }

    [Fact]
    public async Task An_edit_that_is_sent_again_undoes_no_newer_one()
    {
        var said = (await _alice.SayAsync(_log, "one")).Number("message_id");
        var first = await _alice.AskAsync("message_edit", ("message_id", said), ("content", "two"), ("nonce", "e1"));
        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "three"), ("nonce", "e2"));

        var again = await _alice.AskAsync("message_edit", ("message_id", said), ("content", "two"), ("nonce", "e1"));

        Assert.Equal(first.Number("number"), again.Number("number"));
        Assert.Equal("three", (await HistoryAsync(_alice)).Items("events")[0].Text("content"));
        Assert.Equal(3, (await HistoryAsync(_alice)).Number("last_number"));
    }

    [Fact]
    public async Task Who_edits_what_was_edited_since_is_shown_the_message_as_it_is()
    {
        var said = (await _alice.SayAsync(_log, "one")).Number("message_id");
        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "two"));

        var refused = await _alice.AskAsync("message_edit", ("message_id", said), ("content", "three"), ("base", 0));

        Assert.Equal(("error", "conflict"), (refused.Type(), refused.Text("code")));
        Assert.Equal(("two", 2L), (refused.GetProperty("event").Text("content"), refused.GetProperty("event").Number("edited")));
        Assert.Equal("done", (await _alice.AskAsync("message_edit", ("message_id", said), ("content", "three"), ("base", 2))).Type());
    }

    [Fact]
    public async Task Nobody_changes_what_others_said_and_what_is_deleted_stays_so()
    {
        var said = (await _alice.SayAsync(_log, "mine")).Number("message_id");

        Assert.Equal("forbidden", (await _bob.AskAsync("message_edit", ("message_id", said), ("content", "yours"))).Text("code"));
        Assert.Equal("forbidden", (await _bob.AskAsync("message_delete", ("message_id", said))).Text("code"));
        Assert.Equal("not_found", (await _bob.AskAsync("message_edit", ("message_id", said + 100), ("content", "x"))).Text("code"));
        Assert.Equal("not_found", (await _bob.AskAsync("message_delete")).Text("code"));
        Assert.Equal("invalid", (await _alice.AskAsync("message_edit", ("message_id", said), ("content", " "))).Text("code"));
        Assert.Equal("invalid", (await _alice.AskAsync("message_edit", ("message_id", said), ("content", "x"), ("nonce", ""))).Text("code"));
        Assert.Equal("done", (await _alice.AskAsync("message_delete", ("message_id", said))).Type());
        Assert.Equal("gone", (await _alice.AskAsync("message_edit", ("message_id", said), ("content", "back"))).Text("code"));
        Assert.Equal("gone", (await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"))).Text("code"));
        Assert.Equal(2, (await _alice.AskAsync("message_delete", ("message_id", said))).Number("number")); // It is done already.
        Assert.Equal(2, (await HistoryAsync(_alice)).Number("last_number"));
    }

    [Fact]
    public async Task A_deleted_message_keeps_its_place_and_nothing_of_its_words()
    {
        var said = (await _alice.SayAsync(_log, "a secret")).Number("message_id");
        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "another secret"));
        await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👀"));
        var answered = await _bob.AskAsync("message", ("channel_id", _log), ("content", "what?"), ("reply_to", said));

        await _alice.AskAsync("message_delete", ("message_id", said));

        var page = await HistoryAsync(_bob);
        Assert.DoesNotContain("secret", page.ToString(), StringComparison.Ordinal);
        var message = page.Items("events")[0];
        Assert.Equal((true, 5L), (message.GetProperty("deleted").GetBoolean(), message.Number("changed")));
        Assert.False(message.Has("reactions"));
        var quote = page.Items("events").Single(e => e.Number("message_id") == answered.Number("message_id")).GetProperty("reply_to");
        Assert.Equal((true, ""), (quote.GetProperty("deleted").GetBoolean(), quote.Text("content")));
        Assert.Equal(0, Sql.Number(_server.DatabasePath, "SELECT COUNT(*) FROM versions"));
        await using var level1 = await _server.ConnectAsync();
        await level1.LogInAsync(LocalServer.Name(3), LocalServer.Password);
        await level1.SendAsync(new { type = "channel_join", channel = "log" });
        Assert.Equal(["what?"], (await level1.SkipToAsync("channel_joined")).Items("history").Select(m => m.Text("content")));
    }

    [Fact]
    public async Task A_reaction_counts_once_for_each_person_and_emoji()
    {
        var (carol, _) = await _server.EnterLevel2Async(3);
        await using var onlooker = carol;
        var said = (await _alice.SayAsync(_log, "tea?")).Number("message_id");

        var added = await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"));
        var again = await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"));
        await _alice.AskAsync("reaction_add", ("message_id", said), ("emoji", "🍵"));
        await _alice.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"));

        Assert.Equal((2L, 2L), (added.Number("number"), again.Number("number")));
        Assert.Equal([("👍", 2L, true), ("🍵", 1L, true)], ReactionsOf(await HistoryAsync(_alice)));
        Assert.Equal([("👍", 2L, true), ("🍵", 1L, false)], ReactionsOf(await HistoryAsync(_bob)));
        var told = (await onlooker.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("kind") == "reaction_add"))[^1].GetProperty("event");
        Assert.Equal(("👍", ""), (told.Text("emoji"), told.Text("content")));

        Assert.Equal([LocalServer.Name(1), LocalServer.Name(2)], await ReactedAsync(said, "👍"));
        Assert.Equal([LocalServer.Name(1)], await ReactedAsync(said, "🍵"));
        Assert.Empty(await ReactedAsync(said, "🚀"));
        Assert.Equal("done", (await _bob.AskAsync("reaction_remove", ("message_id", said), ("emoji", "👍"))).Type());
        Assert.Equal("done", (await _bob.AskAsync("reaction_remove", ("message_id", said), ("emoji", "👍"))).Type());
        await _alice.AskAsync("reaction_remove", ("message_id", said), ("emoji", "🍵"));

        Assert.Equal([("👍", 1L, false)], ReactionsOf(await HistoryAsync(_bob)));
        Assert.Equal(6, (await HistoryAsync(_bob)).Number("last_number")); // What was so already took no number.
    }

    [Fact]
    public async Task A_reaction_is_one_emoji_and_a_message_has_twenty_at_the_most()
    {
        var said = (await _alice.SayAsync(_log, "all of them")).Number("message_id");

        foreach (var wrong in new[] { "", "a", "ok", "👍👍", "1", " ", "x👍", null })
        {
            Assert.Equal("invalid", (await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", wrong))).Text("code"));
            Assert.Equal("invalid", (await _bob.AskAsync("reaction_list", ("message_id", said), ("emoji", wrong))).Text("code"));
        }

        foreach (var right in new[] { "❤️", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "👍🏽", "‼️" })
            Assert.Equal("done", (await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", right))).Type());
        for (var i = 0; i < 14; i++)
            Assert.Equal("done", (await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", char.ConvertFromUtf32(0x1F600 + i)))).Type());

        Assert.Equal("invalid", (await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "🚀"))).Text("code"));
        Assert.Equal("done", (await _alice.AskAsync("reaction_add", ("message_id", said), ("emoji", "❤️"))).Type()); // One that is there already.
    }

    [Fact]
    public async Task A_reply_quotes_what_its_original_says_now()
    {
        var said = (await _alice.SayAsync(_log, new string('x', 150))).Number("message_id");
        await _bob.AskAsync("message", ("channel_id", _log), ("content", "yes"), ("reply_to", said));
        var pushed = (await _alice.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("content") == "yes"))[^1].GetProperty("event");
        Assert.Equal((said, 1L, new string('x', 100)), (Quote(pushed).Number("message_id"), Quote(pushed).Number("number"), Quote(pushed).Text("content")));

        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "shorter"));

        var reply = (await HistoryAsync(_bob)).Items("events").Single(e => e.Text("content") == "yes");
        Assert.Equal("shorter", Quote(reply).Text("content"));
        Assert.False(reply.Has("changed"));
        var elsewhere = (await _alice.AskAsync("channel_create", ("name", "else"))).Number("channel_id");
        Assert.Equal("not_found", (await _bob.AskAsync("message", ("channel_id", elsewhere), ("content", "no"), ("reply_to", said))).Text("code"));

        static JsonElement Quote(JsonElement told) => told.GetProperty("reply_to");
    }

    [Fact]
    public async Task An_edit_finds_anew_whom_it_means()
    {
        var bob = (await _bob.AskAsync("member_list", ("query", LocalServer.Name(2)))).Items("members")[0].Number("id");
        var said = (await _alice.SayAsync(_log, "who?")).Number("message_id");
        await _bob.AskAsync("read", ("channel_id", _log), ("number", 1));

        await _alice.AskAsync("message_edit", ("message_id", said), ("content", $"@{LocalServer.Name(2)}!"));

        var edit = (await _bob.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("kind") == "edit"))[^1].GetProperty("event");
        Assert.Equal([bob], edit.Items("mentions").Select(id => id.GetInt64()));
        Assert.Equal([bob], edit.Items("new_mentions").Select(id => id.GetInt64()));
        Assert.Equal([bob], (await HistoryAsync(_bob)).Items("events")[0].Items("mentions").Select(id => id.GetInt64()));
        var state = (await _bob.AskAsync("channel_list")).Items("channels").Single(c => c.Number("id") == _log);
        Assert.Equal((0L, 1L), (state.Number("unread"), state.Number("mentions")));

        await _alice.AskAsync("message_edit", ("message_id", said), ("content", $"@{LocalServer.Name(2)}, once more!"));
        var again = (await _bob.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Number("number") == 3))[^1].GetProperty("event");
        Assert.Equal([bob], again.Items("mentions").Select(id => id.GetInt64()));
        Assert.False(again.Has("new_mentions"));

        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "nobody"));

        Assert.False((await HistoryAsync(_bob)).Items("events")[0].Has("mentions"));
    }

    [Fact]
    public async Task Rows_count_messages_and_say_which_numbers_they_account_for()
    {
        for (var i = 1; i <= 6; i++)
        {
            var said = (await _alice.SayAsync(_log, $"line {i}")).Number("message_id"); // 1, 3, 5, 7, 9, 11
            await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"));
        }

        ShouldBe(await HistoryAsync(_bob, ("rows", true), ("limit", 2)), [9, 11], 9, 12, more: true);
        ShouldBe(await HistoryAsync(_bob, ("rows", true), ("limit", 3), ("before", 9)), [3, 5, 7], 3, 8, more: true);
        ShouldBe(await HistoryAsync(_bob, ("rows", true), ("limit", 3), ("before", 3)), [1], 1, 2, more: false);
        ShouldBe(await HistoryAsync(_bob, ("rows", true), ("limit", 2), ("after", 3)), [5, 7], 4, 7, more: true);
        ShouldBe(await HistoryAsync(_bob, ("rows", true), ("limit", 2), ("after", 8)), [9, 11], 9, 12, more: false);
        var none = await HistoryAsync(_bob, ("rows", true), ("after", 12));
        Assert.False(none.Has("covers"));

        static void ShouldBe(JsonElement page, long[] numbers, long first, long last, bool more)
        {
            Assert.Equal(numbers, page.Items("events").Select(e => e.Number("number")));
            Assert.Equal((first, last), (page.GetProperty("covers").Number("first"), page.GetProperty("covers").Number("last")));
            Assert.Equal((more, 12L), (page.GetProperty("more").GetBoolean(), page.Number("as_of")));
        }
    }

    [Fact]
    public async Task Changed_after_gives_each_message_once_by_its_last_change()
    {
        var first = (await _alice.SayAsync(_log, "one")).Number("message_id");
        var second = (await _alice.SayAsync(_log, "two")).Number("message_id");
        await _alice.SayAsync(_log, "three");
        await _alice.AskAsync("message_edit", ("message_id", second), ("content", "2"));
        await _bob.AskAsync("reaction_add", ("message_id", first), ("emoji", "👍"));
        await _alice.AskAsync("message_delete", ("message_id", second));
        await _alice.SayAsync(_log, "four");

        Assert.Equal([(3L, 3L), (1, 5), (2, 6), (7, 7)], Of(await HistoryAsync(_bob, ("changed_after", 0))));
        Assert.Equal([(2L, 6L), (7, 7)], Of(await HistoryAsync(_bob, ("changed_after", 5))));
        var page = await HistoryAsync(_bob, ("changed_after", 3), ("limit", 1));
        Assert.Equal([(1L, 5L)], Of(page));
        Assert.True(page.GetProperty("more").GetBoolean());
        Assert.Equal((4L, 5L), (page.GetProperty("covers").Number("first"), page.GetProperty("covers").Number("last")));
        var last = await HistoryAsync(_bob, ("changed_after", 6));
        Assert.Equal((7L, 7L), (last.GetProperty("covers").Number("first"), last.GetProperty("covers").Number("last")));
        Assert.Equal([(7L, 7L)], Of(last));
        Assert.False(last.GetProperty("more").GetBoolean());
        Assert.Equal("invalid", (await _bob.AskAsync("history", ("channel_id", _log), ("changed_after", 1), ("before", 3))).Text("code"));

        static IEnumerable<(long Number, long Changed)> Of(JsonElement page) =>
            page.Items("events").Select(e => (e.Number("number"), e.Has("changed") ? e.Number("changed") : e.Number("number")));
    }

    [Fact]
    public async Task A_conversation_is_changed_by_its_people_alone_and_told_to_nobody_else()
    {
        var (carol, _) = await _server.EnterLevel2Async(3);
        await using var stranger = carol;
        var said = await _alice.AskAsync("private_message", ("to", LocalServer.Name(2)), ("content", "psst"));
        var id = said.Number("message_id");

        Assert.Equal("not_found", (await stranger.AskAsync("message_edit", ("message_id", id), ("content", "x"))).Text("code"));
        Assert.Equal("not_found", (await stranger.AskAsync("message_delete", ("message_id", id))).Text("code"));
        Assert.Equal("not_found", (await stranger.AskAsync("reaction_add", ("message_id", id), ("emoji", "👍"))).Text("code"));
        Assert.Equal("not_found", (await stranger.AskAsync("reaction_list", ("message_id", id), ("emoji", "👍"))).Text("code"));
        Assert.Equal("not_found", (await stranger.AskAsync("message", ("channel_id", _log), ("content", "quote"), ("reply_to", id))).Text("code"));
        await _bob.AskAsync("reaction_add", ("message_id", id), ("emoji", "👍"));
        await _alice.AskAsync("message_edit", ("message_id", id), ("content", "psst!"));

        Assert.DoesNotContain(await stranger.DrainAsync(), m => m.Type() == "event");
        Assert.Equal("psst!", (await _bob.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("kind") == "edit"))[^1].GetProperty("event").Text("content"));
    }

    [Fact]
    public async Task Level_1_sees_an_edit_and_a_reaction_as_nothing_and_a_reply_as_a_message()
    {
        await using var level1 = await _server.ConnectAsync();
        await level1.LogInAsync(LocalServer.Name(3), LocalServer.Password);
        await level1.SendAsync(new { type = "channel_join", channel = "log" });
        await level1.SkipToAsync("channel_joined");
        var said = (await _alice.SayAsync(_log, "one")).Number("message_id");
        await _alice.AskAsync("message_edit", ("message_id", said), ("content", "two"));
        await _bob.AskAsync("reaction_add", ("message_id", said), ("emoji", "👍"));
        await _bob.AskAsync("message", ("channel_id", _log), ("content", "three"), ("reply_to", said));

        var told = await level1.CollectUntilAsync(m => m.Type() == "message" && m.Text("content") == "three");

        Assert.Equal(["one", "three"], told.Where(m => m.Type() is "message" or "event").Select(m => m.Text("content")));
        Assert.False(told[^1].Has("reply_to"));
        await level1.SendAsync(new { type = "message_edit", message_id = said, content = "x" });
        Assert.Equal("unknown", (await level1.SkipToAsync("error")).Text("code"));
    }

    [Fact]
    public async Task Changes_have_a_rate_of_their_own()
    {
        await using var server = await LocalServer.StartAsync();
        var (dora, _) = await server.EnterLevel2Async(4);
        await using var peer = dora;
        var log = (await peer.AskAsync("channel_create", ("name", "quick"))).Number("channel_id");
        var said = (await peer.SayAsync(log, "one")).Number("message_id");

        for (var i = 0; i < 5; i++)
            Assert.Equal("done", (await peer.AskAsync("reaction_add", ("message_id", said), ("emoji", char.ConvertFromUtf32(0x1F600 + i)))).Type());

        Assert.Equal("rate_limited", (await peer.AskAsync("message_delete", ("message_id", said))).Text("code"));
        for (var i = 0; i < 4; i++)
            Assert.Equal("ack", (await peer.AskAsync("message", ("channel_id", log), ("content", "more"))).Type());
        server.Clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal("done", (await peer.AskAsync("message_delete", ("message_id", said))).Type());
    }

    private Task<JsonElement> HistoryAsync(RawPeer peer, params (string Name, object? Value)[] fields) => peer.AskAsync("history", [("channel_id", _log), .. fields]);

    private async Task<IEnumerable<string?>> ReactedAsync(long message, string emoji) =>
        (await _bob.AskAsync("reaction_list", ("message_id", message), ("emoji", emoji))).Items("users").Select(user => user.Text("username"));

    private static IEnumerable<(string? Emoji, long Count, bool Me)> ReactionsOf(JsonElement page) => page.Items("events")[0].Items("reactions")
        .Select(r => (r.Text("emoji"), r.Number("count"), r.GetProperty("me").GetBoolean()));
}
