using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class PresenceTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Who_comes_and_who_goes_is_told()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;

        var (bob, _) = await EnterLevel2Async();
        var online = await SkipToMemberAsync(watcher, bob.Name, "online");
        await bob.DisposeAsync();
        var offline = await SkipToMemberAsync(watcher, bob.Name, "offline");

        Assert.Null(WirePattern.Difference(JsonNode.Parse(Json.Write(new { id = "<id>", username = bob.Name, status = "online" })), online, "$"));
        Assert.Null(WirePattern.Difference(JsonNode.Parse(Json.Write(new { id = online["id"], username = bob.Name, status = "offline" })), offline, "$"));
    }

    [Fact]
    public async Task A_presence_has_members_and_nothing_else()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;

        await EnterLevel2Async();

        (await watcher.SkipToAsync("presence")).ShouldBe(new { type = "presence", members = "<list>" });
    }

    [Fact]
    public async Task Somebody_of_level_1_is_told_of_too_and_is_told_of_level_2()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;
        var bob = await EnterAsync();
        await SkipToMemberAsync(watcher, bob.Name, "online");

        var (carol, _) = await EnterLevel2Async(); // This takes bob's status_change.
        await carol.DisposeAsync();

        (await bob.SkipToAsync("status_change")).ShouldBe(new { type = "status_change", username = carol.Name, status = "offline" });
    }

    [Fact]
    public async Task A_new_member_is_told_of_by_name()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;
        var name = Server.NewFreeName();
        var peer = await ConnectAsync();

        await peer.AskAsync(new { type = "auth_register", username = name, password = "secret" });

        await SkipToMemberAsync(watcher, name, "online");
    }

    [Fact]
    public async Task A_second_connection_changes_nothing_until_the_last_one_goes()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;
        var (bob, _) = await EnterLevel2Async();
        await SkipToMemberAsync(watcher, bob.Name, "online");

        var (again, _) = await ComeBackAsync(bob.Token);
        await bob.DisposeAsync();
        var (marker, _) = await EnterLevel2Async();
        var told = new List<JsonNode>();
        while (told.All(m => m["username"]!.GetValue<string>() != marker.Name))
            told.AddRange((await watcher.SkipToAsync("presence")).List("members"));

        Assert.DoesNotContain(told, m => m["username"]!.GetValue<string>() == bob.Name && m["status"]!.GetValue<string>() == "offline");
        await again.DisposeAsync();
        await SkipToMemberAsync(watcher, bob.Name, "offline");
    }

    /// <summary>Many who come at once are told of together: at most one a second, by the clock of the one who hears it.</summary>
    [Fact]
    public async Task Comings_and_goings_are_told_at_most_once_a_second()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;
        var started = TimeProvider.System.GetTimestamp();
        var names = new List<string>();
        for (var i = 0; i < 15; i++)
        {
            var (guest, _) = await EnterLevel2Async();
            names.Add(guest.Name);
            await guest.DisposeAsync();
        }

        var frames = new List<Frame>();
        while (names.Except(frames.SelectMany(f => f.List("members")).Where(m => m["status"]!.GetValue<string>() == "offline").Select(m => m["username"]!.GetValue<string>())).Any())
            frames.Add(await watcher.SkipToAsync("presence"));

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.True(frames.Count <= seconds + 2, $"{frames.Count} in {seconds:0.0} s");
    }

    [Fact]
    public async Task Ready_lists_the_members_by_name_first_those_who_are_here_then_those_who_are_away()
    {
        var (alice, _) = await EnterLevel2Async();
        var away = Server.NewName();

        var (_, ready) = await ComeBackAsync(alice.Token);

        var members = ready.List("members");
        foreach (var other in members)
            other.AsObject().Remove("text"); // Of people of other tests.
        Assert.All(members, m => Assert.Null(WirePattern.Difference(JsonNode.Parse("""{"id":"<id>","username":"<text>","status":"<text>"}"""), m, "$")));
        Assert.Equal(ready.Names("members", "username").Distinct().Count(), members.Count);
        Assert.Equal("online", Status(alice.Name));
        Assert.Equal("offline", Status(away));
        Assert.Equal(
            members.OrderBy(m => m["status"]!.GetValue<string>() == "offline").ThenBy(
                m => m["username"]!.GetValue<string>().ToLowerInvariant(), StringComparer.Ordinal),
            members);

        string Status(string name) => members.Single(m => m["username"]!.GetValue<string>() == name)["status"]!.GetValue<string>();
    }

    private static async Task<JsonNode> SkipToMemberAsync(Peer watcher, string name, string status)
    {
        while (true)
        {
            var found = (await watcher.SkipToAsync("presence")).List("members").SingleOrDefault(m => m["username"]!.GetValue<string>() == name);
            if (found is not null && found["status"]!.GetValue<string>() == status)
                return found;
        }
    }
}
