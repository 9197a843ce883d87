namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class ChannelCreateTests(UnlimitedServer server) : ChatTest(server)
{
    private const string Odd = "Channel name can only contain lowercase letters, numbers, and hyphens.";

    [Fact]
    public async Task A_new_channel_is_told_to_everyone_wherever_they_are()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var carol = await EnterAsync();
        await RoomAsync(bob);
        await carol.SendAsync(new { type = "channel_leave" });
        await alice.SkipToAsync(f => f.Type == "user_left" && f.Text("username") == carol.Name);
        var name = Server.NewChannelName();

        await alice.SendAsync(new { type = "channel_create", name, description = "What we listen to" });

        var told = (await alice.NextAsync()).ShouldBe(new { type = "channel_created", channel = new { id = "<id>", name, description = "What we listen to" } });
        Assert.Equal(told.Raw, (await bob.NextAsync()).Raw);
        Assert.Equal(told.Raw, (await carol.NextAsync()).Raw);
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task A_new_channel_stands_in_the_list_and_nobody_is_in_it()
    {
        var alice = await EnterAsync();
        var name = await NewChannelAsync(alice, "quiet");

        var list = await alice.AskAsync(new { type = "channel_list" });
        var users = await alice.AskAsync(new { type = "user_list", channel = name });

        Assert.Contains(list.List("channels"), c => c["name"]!.GetValue<string>() == name && c["description"]!.GetValue<string>() == "quiet");
        users.ShouldBe(new { type = "user_list", channel = name, users = Array.Empty<object>() });
    }

    [Fact]
    public async Task The_list_is_sorted_by_name_and_shows_three_fields_of_each()
    {
        var alice = await EnterAsync();
        var suffix = Server.NewChannelName();
        foreach (var first in "zam0")
            await alice.AskAsync(new { type = "channel_create", name = $"{first}{suffix}" });

        var list = await alice.AskAsync(new { type = "channel_list" });

        Assert.Equal(list.Names("channels", "name").Order(StringComparer.Ordinal), list.Names("channels", "name"));
        Assert.All(list.List("channels"), c => Assert.Null(WirePattern.Difference(
            System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"<id>","name":"{{c["name"]}}","description":"{{c["description"]}}"}"""), c, "$")));
        Assert.Equal(list.List("channels").Count, list.List("channels").Select(c => c["id"]!.GetValue<long>()).Distinct().Count());
    }

    [Fact]
    public async Task The_name_is_trimmed_and_lower_cased_and_the_description_may_be_missing()
    {
        var alice = await EnterAsync();
        var name = Server.NewChannelName();

        var created = await alice.AskAsync(new { type = "channel_create", name = $"  {name.ToUpperInvariant()}\t" });

        created.ShouldBe(new { type = "channel_created", channel = new { id = "<id>", name, description = "" } });
    }

    [Theory]
    [InlineData("", "Channel name cannot be empty.")]
    [InlineData(" \t ", "Channel name cannot be empty.")]
    [InlineData(null, "Channel name cannot be empty.")]
    [InlineData("a", "Channel name must be at least 2 characters.")]
    [InlineData(" A ", "Channel name must be at least 2 characters.")]
    [InlineData("👋", "Channel name must be at least 2 characters.")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Channel name must be at most 30 characters.")]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", "Channel name must be at most 30 characters.")]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", Odd)] // Thirty.
    [InlineData("off topic", Odd)]
    [InlineData("off_topic", Odd)]
    [InlineData("#music", Odd)]
    [InlineData("café", Odd)]
    [InlineData("@1:2", Odd)]
    [InlineData("\u0130\u0130", Odd)] // Lower-cased, the dotted capital I is no plain "i".
    public async Task A_name_that_breaks_a_rule_is_refused_in_these_words(string? name, string message)
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type = "channel_create", name, description = "" })).ShouldBeError("invalid", message);
    }

    [Fact]
    public async Task The_shortest_and_the_longest_name_are_taken()
    {
        var alice = await EnterAsync();
        var longest = Server.NewChannelName().PadRight(30, '-');

        (await alice.AskAsync(new { type = "channel_create", name = longest })).ShouldBe(
            new { type = "channel_created", channel = new { id = "<id>", name = longest, description = "" } });
        (await alice.AskAsync(new { type = "channel_create", name = "q9" })).ShouldBe(
            new { type = "channel_created", channel = new { id = "<id>", name = "q9", description = "" } });
    }

    [Theory]
    [InlineData("general")]
    [InlineData(" General ")]
    public async Task A_channel_that_exists_is_not_made_again(string name)
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type = "channel_create", name })).ShouldBeError("exists", "Channel 'general' already exists.");
    }

    [Fact]
    public async Task Two_who_create_one_channel_at_once_are_told_apart()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var name = Server.NewChannelName();

        await Task.WhenAll(alice.SendAsync(new { type = "channel_create", name }), bob.SendAsync(new { type = "channel_create", name }));

        var told = new List<Frame>();
        foreach (var peer in new[] { alice, bob })
        {
            await peer.SendAsync(new { type = "channel_list" });
            for (var frame = await peer.NextAsync(); frame.Type != "channel_info"; frame = await peer.NextAsync())
                told.Add(frame);
        }

        Assert.Single(told, f => f.Type == "error").ShouldBeError("exists", $"Channel '{name}' already exists.");
        var list = await alice.SkipAndAskAsync(new { type = "channel_list" }, "channel_info");
        Assert.Single(list.Names("channels", "name"), name);
    }
}
