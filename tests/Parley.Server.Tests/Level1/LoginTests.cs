namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class LoginTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_login_is_answered_by_the_token_the_channels_and_general_in_this_order()
    {
        var name = Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();

        await peer.SendAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });

        (await peer.NextAsync()).ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
        var info = (await peer.NextAsync()).ShouldBe(new { type = "channel_info", channels = "<list>" });
        var joined = (await peer.NextAsync()).ShouldBe(new { type = "channel_joined", channel = "general", history = "<list>", users = "<list>" });
        await peer.HeardNothingAsync();
        Assert.Contains("general", info.Names("channels", "name"));
        Assert.Contains(name, joined.Names("users", "username"));
    }

    [Fact]
    public async Task The_others_then_get_user_joined_and_status_change()
    {
        var alice = await EnterAsync();
        var name = Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();

        await peer.SendAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });

        (await alice.NextAsync()).ShouldBe(new { type = "user_joined", channel = "general", username = name });
        (await alice.NextAsync()).ShouldBe(new { type = "status_change", username = name, status = "online" });
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task Those_in_another_channel_get_status_change_alone()
    {
        var alice = await EnterAsync();
        await RoomAsync(alice);
        var name = Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();

        await peer.SendAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });

        (await alice.NextAsync()).ShouldBe(new { type = "status_change", username = name, status = "online" });
        await peer.SkipToAsync("channel_joined");
        peer.Name = name;
        await NothingReachedAsync(alice, peer);
    }

    [Fact]
    public async Task Whoever_goes_is_told_by_user_left_and_status_change()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();

        await bob.DisposeAsync();

        var news = await alice.NextAsync(2);
        news.Single(f => f.Type == "user_left").ShouldBe(new { type = "user_left", channel = "general", username = bob.Name });
        news.Single(f => f.Type == "status_change").ShouldBe(new { type = "status_change", username = bob.Name, status = "offline" });
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task Whoever_is_cut_off_is_told_as_gone_too()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();

        bob.Raw.Cut();

        Assert.Equal(["status_change", "user_left"], (await alice.NextAsync(2)).Select(f => f.Type).Order());
    }

    [Fact]
    public async Task A_second_connection_announces_nothing_and_the_last_to_go_announces_the_leaving()
    {
        var alice = await EnterAsync();
        var first = await EnterAsync();
        var second = await EnterAsync(first.Name);
        await NothingReachedAsync(alice, second);

        await first.DisposeAsync();
        await NothingReachedAsync(alice, second);
        await second.DisposeAsync();

        Assert.Equal(["status_change", "user_left"], (await alice.NextAsync(2)).Select(f => f.Type).Order());
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task The_name_may_be_written_in_any_case_and_is_answered_as_registered()
    {
        var name = Server.NewName();
        var peer = await ConnectAsync();

        var result = await peer.AskAsync(new { type = "auth_login", username = name.ToUpperInvariant(), password = PredecessorDatabase.Password });

        result.ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
    }

    [Theory]
    [InlineData("""{"username":"User_001","password":"wrong horse"}""")]
    [InlineData("""{"username":"User_001","password":"Correct horse"}""")]
    [InlineData("""{"username":"User_001","password":""}""")]
    [InlineData("""{"username":"User_001"}""")]
    [InlineData("""{"username":"nobody_here","password":"correct horse"}""")]
    [InlineData("""{"username":"","password":"correct horse"}""")]
    [InlineData("""{"username":"no such name at all, and far too long","password":"x"}""")]
    [InlineData("""{"username":null,"password":null}""")]
    [InlineData("{}")]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer(string fields)
    {
        var peer = await ConnectAsync();
        var request = System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject();
        request["type"] = "auth_login";

        (await peer.AskAsync(request)).ShouldBe(new { type = "auth_result", success = false, error = "Invalid username or password." });
        (await peer.AskAsync(new { type = "channel_list" })).ShouldBeError("not_authenticated", "You must log in first.");
    }

    [Fact]
    public async Task A_login_with_a_longer_password_than_bcrypt_reads_is_a_wrong_password_and_no_fault()
    {
        var peer = await ConnectAsync();

        var result = await peer.AskAsync(new { type = "auth_login", username = "User_001", password = new string('x', 100_000) });

        result.ShouldBe(new { type = "auth_result", success = false, error = "Invalid username or password." });
    }

    [Theory]
    [InlineData("auth_login")]
    [InlineData("auth_register")]
    public async Task A_connection_that_is_logged_in_cannot_log_in_again(string type)
    {
        var alice = await EnterAsync();

        var answer = await alice.AskAsync(new { type, username = Server.NewName(), password = PredecessorDatabase.Password });

        answer.ShouldBeError("unknown", $"Unknown message type: {type}");
    }

    [Theory]
    [InlineData("""{"type":"channel_join","channel":"general"}""")]
    [InlineData("""{"type":"channel_leave"}""")]
    [InlineData("""{"type":"channel_create","name":"early"}""")]
    [InlineData("""{"type":"channel_list"}""")]
    [InlineData("""{"type":"message","content":"hi"}""")]
    [InlineData("""{"type":"message","content":""}""")]
    [InlineData("""{"type":"action","content":"waves"}""")]
    [InlineData("""{"type":"private_message","to":"User_001","content":"hi"}""")]
    [InlineData("""{"type":"user_list"}""")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"type":""}""")]
    public async Task Before_the_login_everything_else_is_refused(string request)
    {
        var peer = await ConnectAsync();

        await peer.SendTextAsync(request);

        (await peer.NextAsync()).ShouldBeError("not_authenticated", "You must log in first.");
    }
}
