using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Level2;

/// <summary>What people choose to be shown as, and what their devices say.</summary>
[Collection(Level2Server.Name)]
public sealed class StatusTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_chosen_status_and_its_text_are_told_and_stand_in_ready()
    {
        var (watcher, bob) = await WatchAsync();

        (await bob.RequestAsync(new { type = "status_set", status = "dnd", text = "Writing an exam" })).ShouldBe(new { type = "done" });

        ShouldBe(new { id = "<id>", username = bob.Name, status = "dnd", text = "Writing an exam" }, await SkipToMemberAsync(watcher, bob.Name, "dnd"));
        var (_, ready) = await ComeBackAsync(bob.Token);
        ShouldBe(new { id = "<id>", username = bob.Name, status = "dnd", text = "Writing an exam" }, MemberIn(ready, bob.Name));
    }

    [Fact]
    public async Task The_text_stays_while_its_person_is_away()
    {
        var (watcher, bob) = await WatchAsync();
        await bob.RequestAsync(new { type = "status_set", status = "online", text = "Back on Monday" });

        await bob.DisposeAsync();

        ShouldBe(new { id = "<id>", username = bob.Name, status = "offline", text = "Back on Monday" }, await SkipToMemberAsync(watcher, bob.Name, "offline"));
    }

    [Fact]
    public async Task A_text_is_one_clean_line_and_an_empty_one_is_absent()
    {
        var (watcher, bob) = await WatchAsync();

        await bob.RequestAsync(new { type = "status_set", status = "dnd", text = "  a\u202Eb\nc \u0000" });
        Assert.Equal("abc", (await SkipToMemberAsync(watcher, bob.Name, "dnd"))["text"]!.GetValue<string>());
        await bob.RequestAsync(new { type = "status_set", status = "online", text = " \n " });

        ShouldBe(new { id = "<id>", username = bob.Name, status = "online" }, await SkipToMemberAsync(watcher, bob.Name, "online"));
    }

    [Theory]
    [InlineData("""{"type":"status_set","ref":1}""")]
    [InlineData("""{"type":"status_set","ref":1,"status":"idle"}""")]
    [InlineData("""{"type":"status_set","ref":1,"status":"offline"}""")]
    [InlineData("""{"type":"status_set","ref":1,"status":7}""")]
    [InlineData("""{"type":"idle","ref":1}""")]
    [InlineData("""{"type":"idle","ref":1,"idle":"yes"}""")]
    public async Task What_is_no_status_is_refused(string request)
    {
        var (bob, _) = await EnterLevel2Async();

        await bob.SendTextAsync(request);

        (await bob.NextAsync()).ShouldBe(new { type = "error", @ref = 1, code = "invalid", message = "<text>" });
    }

    [Fact]
    public async Task A_text_of_100_characters_is_kept_and_a_longer_one_refused()
    {
        var (watcher, bob) = await WatchAsync();
        var longest = string.Concat(Enumerable.Repeat("👋", 100));

        await bob.RequestAsync(new { type = "status_set", status = "dnd", text = longest });
        Assert.Equal(longest, (await SkipToMemberAsync(watcher, bob.Name, "dnd"))["text"]!.GetValue<string>());
        var refusal = await bob.RequestAsync(new { type = "status_set", status = "dnd", text = longest + "!" });

        refusal.ShouldBeError("invalid", "Status text must be at most 100 characters.");
    }

    [Fact]
    public async Task Somebody_is_idle_when_all_connections_are()
    {
        var (watcher, bob) = await WatchAsync();
        var (phone, _) = await ComeBackAsync(bob.Token);

        await bob.RequestAsync(new { type = "idle", idle = true });
        var (marker, _) = await EnterLevel2Async();
        var told = new List<JsonNode>();
        while (told.All(m => m["username"]!.GetValue<string>() != marker.Name))
            told.AddRange((await watcher.SkipToAsync("presence")).List("members"));
        Assert.DoesNotContain(told, m => m["username"]!.GetValue<string>() == bob.Name);
        (await phone.RequestAsync(new { type = "idle", idle = true })).ShouldBe(new { type = "done" });
        await SkipToMemberAsync(watcher, bob.Name, "idle");

        await bob.RequestAsync(new { type = "idle", idle = false });

        await SkipToMemberAsync(watcher, bob.Name, "online");
    }

    [Fact]
    public async Task Idle_goes_with_its_connection_and_a_new_one_is_not_idle()
    {
        var (watcher, bob) = await WatchAsync();
        await bob.RequestAsync(new { type = "idle", idle = true });
        await SkipToMemberAsync(watcher, bob.Name, "idle");

        var (again, _) = await ComeBackAsync(bob.Token);
        await SkipToMemberAsync(watcher, bob.Name, "online");
        await again.DisposeAsync();

        await SkipToMemberAsync(watcher, bob.Name, "idle");
    }

    [Fact]
    public async Task Who_does_not_want_to_be_disturbed_is_never_shown_as_idle()
    {
        var (watcher, bob) = await WatchAsync();
        await bob.RequestAsync(new { type = "idle", idle = true });

        await bob.RequestAsync(new { type = "status_set", status = "dnd" });
        await SkipToMemberAsync(watcher, bob.Name, "dnd");
        await bob.RequestAsync(new { type = "status_set", status = "online" });

        await SkipToMemberAsync(watcher, bob.Name, "idle");
    }

    [Fact]
    public async Task To_level_1_whoever_is_here_is_online_and_nothing_is_told_of_the_rest()
    {
        var alice = await EnterAsync();
        var (bob, _) = await EnterLevel2Async(); // This takes alice's status_change and user_joined.

        await bob.RequestAsync(new { type = "status_set", status = "dnd", text = "Writing an exam" });
        await bob.RequestAsync(new { type = "idle", idle = true });

        var list = await alice.AskAsync(new { type = "user_list", channel = "general" });
        Assert.Equal("online", list.List("users").Single(u => u["username"]!.GetValue<string>() == bob.Name)["status"]!.GetValue<string>());
        Assert.All(list.List("users"), u => Assert.Null(WirePattern.Difference(JsonNode.Parse("""{"username":"<text>","status":"online"}"""), u, "$")));
        await NothingReachedAsync(alice, bob);
    }

    [Theory]
    [InlineData("status_set")]
    [InlineData("idle")]
    [InlineData("profile")]
    [InlineData("password_change")]
    [InlineData("session_list")]
    [InlineData("session_end")]
    [InlineData("session_end_others")]
    public async Task Level_1_does_not_know_these_words(string type)
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type, status = "dnd", idle = true })).ShouldBeError("unknown", $"Unknown message type: {type}");
    }

    private async Task<(Peer Watcher, Peer Bob)> WatchAsync()
    {
        var (watcher, _) = await EnterLevel2Async();
        watcher.HearsPresence = true;
        var (bob, _) = await EnterLevel2Async();
        await SkipToMemberAsync(watcher, bob.Name, "online");
        return (watcher, bob);
    }

    private static void ShouldBe(object expected, JsonNode member) => Assert.Null(WirePattern.Difference(JsonNode.Parse(Json.Write(expected)), member, "$"));

    private static JsonNode MemberIn(Frame frame, string name) => frame.List("members").Single(m => m["username"]!.GetValue<string>() == name);

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
