namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class HelloTests(UnlimitedServer server) : ChatTest(server)
{
    private static readonly string DeadToken = new('0', 64);

    [Fact]
    public async Task Hello_without_a_token_is_answered_by_welcome()
    {
        var peer = await ConnectAsync();

        (await peer.AskAsync(new { type = "hello", @ref = 1, client = "tests 1.0" })).ShouldBe(
            new { type = "welcome", @ref = 1, level = 2, server = "<text>" });
    }

    [Theory]
    [InlineData("""{"type":"hello","ref":1,"token":null,"client":null}""")]
    [InlineData("""{"type":"hello","ref":1,"token":""}""")]
    public async Task An_empty_token_is_none(string request)
    {
        var peer = await ConnectAsync();

        await peer.SendTextAsync(request);

        await peer.NextAsync("welcome");
    }

    [Fact]
    public async Task A_registration_is_answered_by_auth_result_and_followed_by_ready()
    {
        var name = Server.NewFreeName();
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello", @ref = 1 });

        await peer.SendAsync(new { type = "auth_register", @ref = 2, username = name, password = "secret" });

        (await peer.NextAsync()).ShouldBe(new { type = "auth_result", @ref = 2, success = true, token = "<token>", username = name });
        var ready = (await peer.NextAsync()).ShouldBe(
            new { type = "ready", epoch = "<text>", server = "<text>", user = new { id = "<id>", username = name }, channels = "<list>", conversations = Array.Empty<object>(), members = "<list>" });
        Assert.Contains(ready.List("members"), m => m["username"]!.GetValue<string>() == name && m["status"]!.GetValue<string>() == "online");
        peer.IsLevel2 = true;
        await peer.HeardNothingAsync();
    }

    [Fact]
    public async Task A_login_is_answered_by_auth_result_and_followed_by_ready()
    {
        var name = Server.NewName();
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello", @ref = "a" });

        await peer.SendAsync(new { type = "auth_login", @ref = "b", username = name.ToLowerInvariant(), password = PredecessorDatabase.Password });

        (await peer.NextAsync()).ShouldBe(new { type = "auth_result", @ref = "b", success = true, token = "<token>", username = name });
        Assert.False((await peer.NextAsync("ready")).Has("ref"));
    }

    [Fact]
    public async Task A_refused_login_bears_the_ref_and_the_next_may_succeed()
    {
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello" });

        (await peer.RequestAsync(new { type = "auth_login", username = "nobody_here", password = "x" })).ShouldBe(
            new { type = "auth_result", success = false, error = "Invalid username or password." });
        (await peer.RequestAsync(new { type = "auth_register", username = "User_001", password = "secret" })).ShouldBe(
            new { type = "auth_result", success = false, error = "Username already taken." });
        (await peer.RequestAsync(new { type = "auth_login", username = Server.NewName(), password = PredecessorDatabase.Password })).ShouldBe(
            new { type = "auth_result", success = true, token = "<token>", username = "<text>" });
    }

    [Fact]
    public async Task Hello_with_a_good_token_is_answered_by_ready()
    {
        var (alice, _) = await EnterLevel2Async();
        var again = await ConnectAsync();

        var ready = await again.AskAsync(new { type = "hello", @ref = 9, token = alice.Token, client = "tests 1.0" });

        ready.ShouldBe(new
        {
            type = "ready", @ref = 9, epoch = "<text>", server = "<text>", user = new { id = "<id>", username = alice.Name },
            channels = "<list>", conversations = Array.Empty<object>(), members = "<list>",
        });
    }

    [Fact]
    public async Task A_token_that_level_1_gave_is_as_good()
    {
        var alice = await EnterAsync();

        var (again, _) = await ComeBackAsync(alice.Token);

        Assert.Equal(alice.Name, again.Name);
    }

    public static TheoryData<string> BadTokens { get; } =
    [
        DeadToken, "x", new string('a', 63), new string('a', 65), new string('A', 64), new string('x', 100_000), "' OR 1=1 --", "👋",
    ];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Any_other_token_is_refused_and_one_may_log_in(string token)
    {
        var peer = await ConnectAsync();

        (await peer.RequestAsync(new { type = "hello", token })).ShouldBeRefusal("invalid_token");
        (await peer.RequestAsync(new { type = "channel_list" })).ShouldBeError("not_authenticated", "You must log in first.");
        (await peer.RequestAsync(new { type = "auth_login", username = Server.NewName(), password = PredecessorDatabase.Password })).ShouldBe(
            new { type = "auth_result", success = true, token = "<token>", username = "<text>" });
        Assert.False((await peer.NextAsync("ready")).Has("ref"));
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"general","content":"hi"}""")]
    [InlineData("""{"type":"history","channel_id":1}""")]
    [InlineData("""{"type":"channel_list"}""")]
    [InlineData("""{"type":"logout"}""")]
    [InlineData("""{"type":"nonsense"}""")]
    public async Task Before_the_login_everything_else_is_refused(string request)
    {
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello" });

        var answer = await peer.RequestAsync(System.Text.Json.Nodes.JsonNode.Parse(request)!);

        answer.ShouldBeError("not_authenticated", "You must log in first.");
    }

    [Theory]
    [InlineData("channel_join")]
    [InlineData("channel_leave")]
    [InlineData("nonsense")]
    [InlineData("auth_login")]
    [InlineData("auth_register")]
    public async Task What_is_not_of_level_2_is_unknown(string type)
    {
        var (alice, _) = await EnterLevel2Async();

        (await alice.RequestAsync(new { type, channel = "general", username = "x", password = "y" })).ShouldBeError("unknown", $"Unknown message type: {type}");
    }

    [Fact]
    public async Task Two_logins_have_two_tokens_and_one_epoch()
    {
        var (alice, ready) = await EnterLevel2Async();
        var (again, readyAgain) = await EnterLevel2Async(alice.Name);

        Assert.NotEqual(alice.Token, again.Token);
        Assert.Equal(ready.Text("epoch"), readyAgain.Text("epoch"));
        Assert.Equal(ready["user"]!.ToJsonString(), readyAgain["user"]!.ToJsonString());
    }
}
