namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class RegistrationTests(UnlimitedServer server) : ChatTest(server)
{
    private const string EmptyName = "Username cannot be empty.";
    private const string ShortName = "Username must be at least 3 characters.";
    private const string LongName = "Username must be at most 20 characters.";
    private const string OddName = "Username can only contain letters, numbers, and underscores.";
    private const string TakenName = "Username already taken.";
    private const string EmptyPassword = "Password cannot be empty.";
    private const string ShortPassword = "Password must be at least 6 characters.";
    private const string LongPassword = "Password must be at most 72 bytes.";

    [Fact]
    public async Task A_registration_is_answered_by_the_token_the_channels_and_general_in_this_order()
    {
        var name = Server.NewFreeName();
        Cast(name);
        var peer = await ConnectAsync();

        await peer.SendAsync(new { type = "auth_register", username = name, password = "secret" });

        (await peer.NextAsync()).ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
        (await peer.NextAsync()).ShouldBe(new { type = "channel_info", channels = "<list>" });
        (await peer.NextAsync()).ShouldBe(new { type = "channel_joined", channel = "general", history = "<list>", users = "<list>" });
        await peer.HeardNothingAsync();
    }

    [Fact]
    public async Task A_registered_name_is_trimmed_and_keeps_its_case()
    {
        var name = Server.NewFreeName().ToUpperInvariant();
        var peer = await ConnectAsync();

        var result = await peer.AskAsync(new { type = "auth_register", username = $" \t{name}  ", password = "secret" });

        result.ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
    }

    [Theory]
    [InlineData("", EmptyName)]
    [InlineData("   ", EmptyName)]
    [InlineData("ab", ShortName)]
    [InlineData("  ab  ", ShortName)]
    [InlineData("é!", ShortName)]
    [InlineData("👋👋", ShortName)] // Two characters, whatever UTF-16 makes of them.
    [InlineData("aaaaaaaaaaaaaaaaaaaaa", LongName)]
    [InlineData("a a a a a a a a a a a", LongName)]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", OddName)] // Twenty.
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", LongName)]
    [InlineData("a b", OddName)]
    [InlineData("ab-c", OddName)]
    [InlineData("Jürgen", OddName)]
    [InlineData("\uFF41\uFF42\uFF43", OddName)] // Full-width letters.
    [InlineData("\u0661\u0662\u0663", OddName)] // Arabic digits.
    [InlineData("\u212Aelvin", OddName)] // The Kelvin sign, which lower-cases to "k".
    [InlineData("alice\0", OddName)]
    [InlineData("USER_001", TakenName)]
    [InlineData("user_001", TakenName)]
    [InlineData(" User_001 ", TakenName)]
    public async Task A_name_that_breaks_a_rule_is_refused_in_these_words(string username, string error)
    {
        var peer = await ConnectAsync();

        var result = await peer.AskAsync(new { type = "auth_register", username, password = "good enough" });

        result.ShouldBe(new { type = "auth_result", success = false, error });
    }

    [Theory]
    [InlineData("", EmptyPassword)]
    [InlineData("12345", ShortPassword)]
    [InlineData("👋👋👋👋👋", ShortPassword)] // Five characters, though twenty bytes.
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123", LongPassword)]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", LongPassword)] // Nineteen characters, 76 bytes.
    public async Task A_password_that_breaks_a_rule_is_refused_in_these_words(string password, string error)
    {
        var peer = await ConnectAsync();

        var result = await peer.AskAsync(new { type = "auth_register", username = Server.NewFreeName(), password });

        result.ShouldBe(new { type = "auth_result", success = false, error });
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012")]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋")] // 72 bytes.
    public async Task A_password_at_the_edge_of_the_rule_is_taken_and_opens_the_account(string password)
    {
        var name = Server.NewFreeName();
        var first = await ConnectAsync();
        var second = await ConnectAsync();

        var registered = await first.AskAsync(new { type = "auth_register", username = name, password });
        var loggedIn = await second.AskAsync(new { type = "auth_login", username = name, password });

        registered.ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
        loggedIn.ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
        Assert.NotEqual(registered.Text("token"), loggedIn.Text("token"));
    }

    [Theory]
    [InlineData("{}", EmptyName)]
    [InlineData("""{"username":null,"password":null}""", EmptyName)]
    [InlineData("""{"username":"","password":""}""", EmptyName)]
    [InlineData("""{"username":"a!","password":"1"}""", ShortName)]
    [InlineData("""{"username":"newcomer"}""", EmptyPassword)]
    [InlineData("""{"username":"newcomer","password":null}""", EmptyPassword)]
    [InlineData("""{"username":"User_001","password":"1"}""", ShortPassword)]
    public async Task Rules_are_checked_in_the_order_name_password_taken(string fields, string error)
    {
        var peer = await ConnectAsync();
        var request = System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject();
        request["type"] = "auth_register";

        (await peer.AskAsync(request)).ShouldBe(new { type = "auth_result", success = false, error });
    }

    [Fact]
    public async Task Two_who_register_one_name_at_once_are_told_apart()
    {
        var name = Server.NewFreeName();
        var peers = new[] { await ConnectAsync(), await ConnectAsync() };

        var results = await Task.WhenAll(
            peers[0].AskAsync(new { type = "auth_register", username = name.ToUpperInvariant(), password = "secret" }),
            peers[1].AskAsync(new { type = "auth_register", username = name, password = "secret" }));

        var refused = Assert.Single(results, r => !r["success"]!.GetValue<bool>());
        refused.ShouldBe(new { type = "auth_result", success = false, error = TakenName });
    }

    [Fact]
    public async Task A_refused_registration_leaves_the_connection_open_for_another()
    {
        var name = Server.NewFreeName();
        var peer = await ConnectAsync();

        (await peer.AskAsync(new { type = "auth_register", username = "x", password = "secret" })).ShouldBe(
            new { type = "auth_result", success = false, error = ShortName });
        (await peer.AskAsync(new { type = "channel_list" })).ShouldBeError("not_authenticated", "You must log in first.");
        (await peer.AskAsync(new { type = "auth_register", username = name, password = "secret" })).ShouldBe(
            new { type = "auth_result", success = true, token = "<token>", username = name });
    }
}
