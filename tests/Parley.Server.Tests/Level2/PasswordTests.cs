namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class PasswordTests(UnlimitedServer server) : ChatTest(server)
{
    private const string New = "battery staple";

    [Fact]
    public async Task Another_password_ends_all_other_connections_and_the_asker_goes_on_with_a_new_token()
    {
        var (alice, _) = await EnterLevel2Async();
        var (sameSession, _) = await ComeBackAsync(alice.Token);
        var (otherSession, _) = await EnterLevel2Async(alice.Name);
        var level1 = await EnterAsync(alice.Name);

        var result = await alice.RequestAsync(Change(PredecessorDatabase.Password, New));

        result.ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = alice.Name });
        foreach (var peer in new[] { sameSession, otherSession })
            (await peer.EndAsync())[^1].ShouldBe(
                new { type = "closing", reason = "logged_out", message = "Your password was changed. Log in with the new one.", reconnect = "never" });
        Assert.Equal("system", (await level1.EndAsync())[^1].Type);
        foreach (var token in new[] { alice.Token, otherSession.Token, level1.Token })
            (await (await ConnectAsync()).RequestAsync(new { type = "hello", token })).ShouldBeRefusal("invalid_token");
        await alice.RequestAsync(new { type = "ping" });
        await ComeBackAsync(result.Text("token"));
    }

    [Fact]
    public async Task Only_the_new_password_opens_after_it()
    {
        var (alice, _) = await EnterLevel2Async();

        await alice.RequestAsync(Change(PredecessorDatabase.Password, New));

        var peer = await ConnectAsync();
        Assert.False(
            (await peer.AskAsync(new { type = "auth_login", username = alice.Name, password = PredecessorDatabase.Password }))["success"]!.GetValue<bool>());
        Assert.True((await peer.AskAsync(new { type = "auth_login", username = alice.Name, password = New }))["success"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("wrong horse", New, "That is not your current password.")]
    [InlineData(null, New, "That is not your current password.")]
    [InlineData(PredecessorDatabase.Password, "12345", "Password must be at least 6 characters.")]
    [InlineData(PredecessorDatabase.Password, null, "Password cannot be empty.")]
    public async Task What_is_refused_changes_nothing(string? former, string? wanted, string error)
    {
        var (alice, _) = await EnterLevel2Async();
        var (other, _) = await EnterLevel2Async(alice.Name);

        (await alice.RequestAsync(Change(former, wanted))).ShouldBe(new { type = "auth_result", success = false, error });

        await other.HeardNothingAsync();
        await ComeBackAsync(alice.Token);
    }

    [Fact]
    public async Task A_logout_after_it_ends_the_new_session()
    {
        var (alice, _) = await EnterLevel2Async();
        var token = (await alice.RequestAsync(Change(PredecessorDatabase.Password, New))).Text("token");
        var (again, _) = await ComeBackAsync(token);

        await alice.RequestAsync(new { type = "logout" });

        Assert.Equal("closing", (await again.EndAsync())[^1].Type);
        (await (await ConnectAsync()).RequestAsync(new { type = "hello", token })).ShouldBeRefusal("invalid_token");
    }

    [Fact]
    public async Task Who_logs_in_with_the_old_one_at_the_same_time_does_not_stay()
    {
        for (var i = 0; i < 10; i++)
        {
            var (alice, _) = await EnterLevel2Async();
            var late = await ConnectAsync();

            await Task.WhenAll(
                late.SendAsync(new { type = "auth_login", username = alice.Name, password = PredecessorDatabase.Password }),
                alice.RequestAsync(Change(PredecessorDatabase.Password, New)));
            var result = await late.NextAsync("auth_result");

            if (result["success"]!.GetValue<bool>())
                Assert.Equal("system", (await late.EndAsync())[^1].Type);
            await late.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_sessions_are_listed_without_their_tokens()
    {
        var name = Server.NewName();
        var peer = await ConnectAsync();
        await peer.AskAsync(new { type = "hello", client = "test 1.2\n" + new string('x', 80) });
        await peer.AskAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });
        await peer.NextAsync("ready");
        var (away, _) = await EnterLevel2Async(name);
        await away.DisposeAsync();
        var list = await Eventually.NotNullAsync(
            async () =>
                await peer.RequestAsync(new { type = "session_list" }) is var found && found.List("sessions").Count(s => s["connected"]!.GetValue<bool>()) == 1
                    ? found
                    : null,
            "the other connection's end");

        list.ShouldBe(new
        {
            type = "session_list",
            sessions = new object[]
            {
                new { id = "<id>", client = "test 1.2" + new string('x', 56), created_at = "<time>", last_used_at = "<time>", connected = true, current = true },
                new { id = "<id>", client = "", created_at = "<time>", last_used_at = "<time>", connected = false, current = false },
            },
        });
    }

    [Fact]
    public async Task One_session_is_ended_from_another()
    {
        var (alice, _) = await EnterLevel2Async();
        var (phone, _) = await EnterLevel2Async(alice.Name);
        var other = (await alice.RequestAsync(new { type = "session_list" })).List("sessions")
            .Single(s => !s["current"]!.GetValue<bool>())["id"]!.GetValue<long>();

        (await alice.RequestAsync(new { type = "session_end", session_id = other })).ShouldBe(new { type = "done" });

        (await phone.EndAsync())[^1].ShouldBe(
            new { type = "closing", reason = "logged_out", message = "You were logged out from another device.", reconnect = "never" });
        (await (await ConnectAsync()).RequestAsync(new { type = "hello", token = phone.Token })).ShouldBeRefusal("invalid_token");
        (await alice.RequestAsync(new { type = "session_end", session_id = other })).ShouldBeRefusal("not_found");
        await ComeBackAsync(alice.Token);
    }

    [Fact]
    public async Task A_session_of_somebody_else_is_as_if_it_were_not_there()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var session = (await bob.RequestAsync(new { type = "session_list" })).List("sessions").Single()["id"]!.GetValue<long>();

        (await alice.RequestAsync(new { type = "session_end", session_id = session })).ShouldBeRefusal("not_found");
        (await alice.RequestAsync(new { type = "session_end" })).ShouldBeRefusal("invalid");

        await ComeBackAsync(bob.Token);
    }

    [Fact]
    public async Task All_others_are_ended_at_once()
    {
        var (alice, _) = await EnterLevel2Async();
        var (phone, _) = await EnterLevel2Async(alice.Name);
        var level1 = await EnterAsync(alice.Name);
        var (sameSession, _) = await ComeBackAsync(alice.Token);

        (await alice.RequestAsync(new { type = "session_end_others" })).ShouldBe(new { type = "done" });

        Assert.Equal("logged_out", (await phone.EndAsync())[^1].Text("reason"));
        Assert.Equal("system", (await level1.EndAsync())[^1].Type);
        await sameSession.HeardNothingAsync();
        Assert.Single((await alice.RequestAsync(new { type = "session_list" })).List("sessions"));
    }

    private static object Change(string? former, string? wanted) => new { type = "password_change", old_password = former, new_password = wanted };
}
