using System.Text;
using System.Text.Json;

namespace Parley.Server.Tests.Hostile;

/// <summary>More of everything than a first screen has room for: it stays small, and the pages behind it tell the rest.</summary>
public sealed class LongReadyTests
{
    private const int MostBytes = 256 * 1024;
    private const int People = 3_000;

    private static readonly string LongestText = string.Concat(Enumerable.Repeat("🦊", 99)) + "!";

    [Fact]
    public async Task Thousands_of_conversations_lock_nobody_out_and_each_is_on_a_page()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var token = await RegisterAsync(server, "alice");
        const int Many = 12_000; // 1.5 MB of them: more than a frame.
        await ServerStore.ChangeAsync(server, store =>
        {
            AddMembers(store, Many);
            store.Execute(
                "INSERT INTO channels(name, created_at, low_user_id, high_user_id) SELECT '@1:' || id, 1767323045000000, 1, id FROM users WHERE id > 1");
        });

        await using var alice = await RawPeer.ConnectAsync(server);
        var (_, ready) = await alice.ComeBackAsync(token);
        var pages = await PagesAsync(alice, "conversation_list", "conversations", More(ready, "conversations"), 250);

        Assert.InRange(Bytes(ready), 1, MostBytes);
        Assert.Equal(Enumerable.Range(2, Many).Reverse(), pages.Select(c => (int)c.GetProperty("with").Number("id")));
        Assert.Equal(ready.Items("conversations").Select(c => c.Number("id")), pages.Take(250).Select(c => c.Number("id")));
    }

    [Fact]
    public async Task The_longest_of_everything_fits_and_the_pages_tell_the_rest()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var token = await RegisterAsync(server, "alice");
        var description = string.Concat(Enumerable.Repeat("🦊", 100)) + new string('"', 100);
        await ServerStore.ChangeAsync(server, store =>
        {
            AddMembers(store, People, LongestText);
            store.Execute(
                "INSERT INTO channels(name, created_at, low_user_id, high_user_id) SELECT '@1:' || id, 1767323045000000, 1, id FROM users WHERE id > 1");
            for (var i = 1; i < 500; i++)
                store.AddChannel($"{i:000}{new string('x', 27)}", description);
        });

        await using var alice = await RawPeer.ConnectAsync(server);
        var (_, ready) = await alice.ComeBackAsync(token);
        var channels = await PagesAsync(alice, "channel_list", "channels", More(ready, "channels"), 250);
        var members = await PagesAsync(alice, "member_list", "members", More(ready, "members"), 250);

        Assert.InRange(Bytes(ready), MostBytes / 2, MostBytes);
        Assert.Equal(500, ready.Items("channels").Concat(channels).Select(c => c.Text("name")).Distinct().Count());
        Assert.Equal(
            ready.Items("channels").Concat(channels).Select(c => c.Text("name")).Order(StringComparer.Ordinal),
            ready.Items("channels").Concat(channels).Select(c => c.Text("name")));
        var all = ready.Items("members").Concat(members).ToList();
        Assert.Equal(["alice", .. Enumerable.Range(1, People).Select(i => $"member_{i:00000}")], all.Select(m => m.Text("username")));
        Assert.All(all.Skip(1), m => Assert.Equal(("offline", LongestText), (m.Text("status"), m.Text("text"))));
    }

    [Fact]
    public async Task Members_are_found_by_place_by_the_beginning_of_their_names_and_in_a_conversation()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var alices = await RegisterAsync(server, "alice");
        var zoes = await RegisterAsync(server, "Zoe");
        await ServerStore.ChangeAsync(server, store => AddMembers(store, People));
        await using var alice = await RawPeer.ConnectAsync(server);
        await using var zoe = await RawPeer.ConnectAsync(server);
        await alice.ComeBackAsync(alices);
        await zoe.ComeBackAsync(zoes);
        await zoe.AskAsync("status_set", ("status", "dnd"), ("text", "Not now"));

        var fromTheStart = await alice.AskAsync("member_list", ("from", 0), ("limit", 2));
        var fromTheAway = await alice.AskAsync("member_list", ("from", 1_502), ("limit", 2));
        var byName = await alice.AskAsync("member_list", ("query", "MEMBER_0299"), ("limit", 20));
        var zoeByName = await alice.AskAsync("member_list", ("query", "zo"));
        var conversation = (await alice.AskAsync("conversation_open", ("to", "member_00007"))).Number("channel_id");
        var two = await alice.AskAsync("member_list", ("channel_id", conversation));

        Assert.Equal((People + 2, "alice online, Zoe dnd"), (fromTheStart.Number("total"), Names(fromTheStart)));
        Assert.Equal("member_01501 offline, member_01502 offline", Names(fromTheAway));
        Assert.Equal(string.Join(", ", Enumerable.Range(2_990, 10).Select(i => $"member_0{i} offline")), Names(byName));
        Assert.Equal("Not now", Assert.Single(zoeByName.Items("members")).Text("text"));
        Assert.Equal((2, "alice online, member_00007 offline"), (two.Number("total"), Names(two)));
        Assert.Equal("invalid", (await alice.AskAsync("member_list", ("from", 20_000))).Text("code"));
        Assert.Equal("invalid", (await alice.AskAsync("member_list", ("cursor", "?"))).Text("code"));
        Assert.Equal("invalid", (await alice.AskAsync("member_list", ("limit", 251))).Text("code"));
        Assert.Equal("not_found", (await zoe.AskAsync("member_list", ("channel_id", conversation))).Text("code"));
    }

    [Fact]
    public async Task Whoever_was_away_comes_as_what_they_chose_whatever_their_place_in_the_list()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var zoes = await RegisterAsync(server, "zoe");
        await ServerStore.ChangeAsync(server, store =>
        {
            AddMembers(store, People);
            store.Execute("UPDATE users SET status = 'dnd', status_text = 'Not now' WHERE username = 'zoe'");
        });

        await using (var zoe = await RawPeer.ConnectAsync(server))
        {
            var (_, ready) = await zoe.ComeBackAsync(zoes);
            Assert.Equal("""{"id":1,"username":"zoe","status":"dnd","text":"Not now"}""", ready.Items("members")[0].GetRawText());
        }

        await using var watcher = await RawPeer.ConnectAsync(server);
        await watcher.RegisterLevel2Async("watcher");
        Assert.Equal("Not now", Assert.Single((await watcher.AskAsync("member_list", ("query", "zoe"))).Items("members")).Text("text"));
    }

    [Fact]
    public async Task An_arrival_that_fails_ends_with_a_reason()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var token = await RegisterAsync(server, "alice");
        Sql.Run(server.DatabasePath, "ALTER TABLE author_counts RENAME TO gone; UPDATE channels SET last_number = 1");

        await using var alice = await RawPeer.ConnectAsync(server);
        await alice.SendAsync(new { type = "hello", @ref = 1, token });

        var last = await alice.CollectUntilClosedAsync();
        Assert.Equal(["error", "closing"], last.Select(m => m.Type()));
        Assert.Equal(("limit", "later"), (last[1].Text("reason"), last[1].Text("reconnect")));
    }

    private static async Task<string> RegisterAsync(ServerProcess server, string name)
    {
        await using var peer = await RawPeer.ConnectAsync(server);
        return (await peer.RegisterLevel2Async(name)).Token;
    }

    private static void AddMembers(ServerStore store, int count, string text = "") => store.Execute($"""
        INSERT INTO users(username, password_hash, created_at, status_text)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT printf('member_%05d', i), 'none', 1767323045000000, '{text}' FROM n
        """);

    private static string? More(JsonElement ready, string list) => ready.Has("more") ? ready.GetProperty("more").Text(list) : null;

    private static async Task<List<JsonElement>> PagesAsync(RawPeer peer, string request, string list, string? cursor, int limit)
    {
        var found = new List<JsonElement>();
        while (cursor is not null)
        {
            var page = await peer.AskAsync(request, ("cursor", cursor), ("limit", limit));
            Assert.InRange(Bytes(page), 1, MostBytes);
            found.AddRange(page.Items(list));
            cursor = page.Text("cursor");
        }

        return found;
    }

    private static string Names(JsonElement page) => string.Join(", ", page.Items("members").Select(m => $"{m.Text("username")} {m.Text("status")}"));

    private static int Bytes(JsonElement message) => Encoding.UTF8.GetByteCount(message.GetRawText());
}
