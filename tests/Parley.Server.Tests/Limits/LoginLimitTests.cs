using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Limits;

/// <summary>
/// What one address and one name may do to the logins of a server that has its limits. Each test takes a server of its own, since it uses the limit up.
/// </summary>
public sealed partial class LoginLimitTests
{
    [Fact]
    public async Task After_ten_failed_logins_in_a_minute_a_name_waits_and_the_others_do_not()
    {
        await using var server = new LimitedServer();
        await server.InitializeAsync();
        var (name, other) = (server.NewName(), server.NewName());

        for (var i = 0; i < 10; i++)
            Assert.Equal("Invalid username or password.", await FailAsync(server, name, "wrong horse"));

        Assert.Matches(TooMany(), await FailAsync(server, name, "wrong horse"));
        Assert.Matches(TooMany(), await FailAsync(server, name.ToUpperInvariant(), PredecessorDatabase.Password));
        await using var peer = await RawPeer.ConnectAsync(server.Process);
        await peer.LogInAsync(other);
    }

    [Fact]
    public async Task After_twenty_failed_logins_in_a_minute_an_address_waits()
    {
        await using var server = new LimitedServer();
        await server.InitializeAsync();

        for (var i = 0; i < 20; i++)
            Assert.Equal("Invalid username or password.", await FailAsync(server, server.NewName(), "wrong horse"));

        Assert.Matches(TooMany(), await FailAsync(server, server.NewName(), PredecessorDatabase.Password));
    }

    [Fact]
    public async Task Guessing_the_old_password_of_a_device_that_was_left_open_is_as_slow()
    {
        await using var server = new LimitedServer();
        await server.InitializeAsync();
        await using var peer = await RawPeer.ConnectAsync(server.Process);
        await peer.LogInLevel2Async(server.NewName());

        for (var i = 0; i < 10; i++)
            Assert.Equal("That is not your current password.", await GuessAsync());

        Assert.Matches(TooMany(), await GuessAsync());

        async Task<string?> GuessAsync() =>
            (await peer.AskAsync("password_change", ("old_password", "wrong horse"), ("new_password", "battery staple"))).Text("error");
    }

    [Fact]
    public async Task Good_logins_do_not_count()
    {
        await using var server = new LimitedServer();
        await server.InitializeAsync();
        var name = server.NewName();

        for (var i = 0; i < 40; i++)
        {
            await using var peer = await RawPeer.ConnectAsync(server.Process);
            await peer.LogInAsync(name);
        }
    }

    [Fact]
    public async Task Without_limits_there_is_none()
    {
        await using var server = new UnlimitedServer();
        await server.InitializeAsync();
        var name = server.NewName();

        for (var i = 0; i < 40; i++)
            Assert.Equal("Invalid username or password.", await FailAsync(server, name, "wrong horse"));
    }

    private static async Task<string> FailAsync(ChatServer server, string username, string password)
    {
        await using var peer = await RawPeer.ConnectAsync(server.Process);
        await peer.SendAsync(new { type = "auth_login", username, password });
        var result = new Frame((await peer.ReceiveAsync("auth_result")).GetRawText());
        return result.ShouldBe(new { type = "auth_result", success = false, error = "<text>" }).Text("error");
    }

    [GeneratedRegex(@"\AToo many failed logins\. Try again in \d+ seconds\.\z")]
    private static partial Regex TooMany();
}
