using System.Globalization;

namespace Parley.Server.Tests.Level2;

/// <summary>What is told of a person only to who asks.</summary>
[Collection(Level2Server.Name)]
public sealed class ProfileTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_profile_says_since_when_somebody_is_a_member()
    {
        var (alice, _) = await EnterLevel2Async();
        var newcomer = await ConnectAsync();
        var name = Server.NewFreeName();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1); // It is stored to the second.
        await newcomer.AskAsync(new { type = "auth_register", username = name, password = "secret" });

        var profile = await alice.RequestAsync(new { type = "profile", username = name.ToUpperInvariant() });

        profile.ShouldBe(new { type = "profile", id = "<id>", username = name, created_at = "<time>" });
        Assert.InRange(DateTimeOffset.Parse(profile.Text("created_at"), CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task The_time_that_the_predecessor_stored_is_told_as_every_other()
    {
        var (alice, _) = await EnterLevel2Async();

        var profile = await alice.RequestAsync(new { type = "profile", username = alice.Name });

        Assert.Equal("2025-03-04T05:06:07.000000+00:00", profile.Text("created_at"));
    }

    [Theory]
    [InlineData("""{"type":"profile","ref":1,"username":"nobody_at_all"}""", "not_found")]
    [InlineData("""{"type":"profile","ref":1}""", "not_found")]
    [InlineData("""{"type":"profile","ref":1,"username":7}""", "invalid")]
    public async Task Nobody_has_no_profile(string request, string code)
    {
        var (alice, _) = await EnterLevel2Async();

        await alice.SendTextAsync(request);

        (await alice.NextAsync()).ShouldBe(new { type = "error", @ref = 1, code, message = "<text>" });
    }

    [Fact]
    public async Task A_name_that_nothing_can_bear_comes_back_shortened()
    {
        var (alice, _) = await EnterLevel2Async();

        var answer = await alice.RequestAsync(new { type = "profile", username = new string('x', 50_000) });

        var echoed = $"{new string('x', 1_000)}...";
        answer.ShouldBe(new { type = "error", code = "not_found", message = $"User '{echoed}' not found.", key = "no_such_user", values = new[] { echoed } });
    }
}
