namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class SessionTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task Logout_ends_every_connection_of_the_session_and_its_token()
    {
        var (alice, _) = await EnterLevel2Async();
        var (sameSession, _) = await ComeBackAsync(alice.Token);

        (await alice.RequestAsync(new { type = "logout" })).ShouldBe(new { type = "done" });

        foreach (var peer in new[] { alice, sameSession })
            Assert.Single(await peer.EndAsync()).ShouldBe(new { type = "closing", reason = "logged_out", message = "<text>", reconnect = "never" });
        var late = await ConnectAsync();
        (await late.RequestAsync(new { type = "hello", token = alice.Token })).ShouldBeRefusal("invalid_token");
    }

    [Fact]
    public async Task Logout_leaves_the_users_other_sessions_alone()
    {
        var (alice, _) = await EnterLevel2Async();
        var (otherSession, _) = await EnterLevel2Async(alice.Name);

        await alice.RequestAsync(new { type = "logout" });
        await alice.EndAsync();

        await otherSession.HeardNothingAsync();
        await ComeBackAsync(otherSession.Token);
    }

    [Fact]
    public async Task Logout_ends_the_level_1_connection_that_the_token_came_from()
    {
        var alice = await EnterAsync();
        var (sameSession, _) = await ComeBackAsync(alice.Token);

        await sameSession.RequestAsync(new { type = "logout" });

        Assert.All(await alice.EndAsync(), f => Assert.Equal("system", f.Type));
    }

    [Fact]
    public async Task What_was_asked_before_the_logout_in_the_same_write_is_done()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SendTogetherAsync([
            new { type = "message", @ref = 1, channel_id = log, content = "last words" }, new { type = "logout", @ref = 2 },
            new { type = "message", @ref = 3, channel_id = log, content = "from beyond" }]);

        var frames = await alice.EndAsync();
        Assert.Equal([1, 2], frames.Where(f => f.Has("ref")).Select(f => f.Number("ref")));
        Assert.Equal("closing", frames[^1].Type);
        Assert.Equal(["last words"], (await bob.HistoryAsync(log)).Contents());
    }

    /// <summary>The end of a session is written, too, and its answer waits behind the writes before it, whoever else writes at the same time.</summary>
    [Fact]
    public async Task The_answer_to_a_logout_never_overtakes_a_message_however_busy_the_server_is()
    {
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(bob);
        var name = Server.NewName();
        var noise = bob.SendTogetherAsync(Enumerable.Range(0, 20_000).Select(i => new { type = "message", @ref = i, channel_id = log, content = "noise" }));
        var listening = Task.Run(async () =>
        {
            for (var acks = 0; acks < 20_000;)
                acks += (await bob.NextAsync()).Type == "ack" ? 1 : 0;
        });

        for (var i = 0; i < 20 && !listening.IsCompleted; i++)
        {
            var (alice, _) = await EnterLevel2Async(name);
            await alice.SendTogetherAsync([
                .. Enumerable.Range(1, 5)
                .Select(r => new { type = "message", @ref = r, channel_id = log, content = "last words" }), new { type = "logout", @ref = 6 }]);

            Assert.Equal([1, 2, 3, 4, 5, 6], (await alice.EndAsync()).Where(f => f.Has("ref")).Select(f => f.Number("ref")));
        }

        await noise;
        await listening;
    }

    /// <summary>Two devices end each other's sessions while the database is held: the second one's word counts although it is logged out by then.</summary>
    [Fact]
    public async Task Whose_session_was_ended_does_not_stay_because_the_one_who_ended_it_has_gone_too()
    {
        var (first, _) = await EnterLevel2Async();
        var (second, _) = await EnterLevel2Async(first.Name);
        var (third, _) = await EnterLevel2Async(first.Name);
        var own = (await first.RequestAsync(new { type = "session_list" })).List("sessions")
            .Single(s => s["current"]!.GetValue<bool>())["id"]!.GetValue<long>();

        using (Sql.Hold(Server.Process.DatabasePath))
        {
            await second.SendTogetherAsync([new { type = "ping", @ref = 1 }, new { type = "session_end", @ref = 2, session_id = own }]);
            await second.NextAsync("pong");
            await first.SendTogetherAsync([new { type = "ping", @ref = 1 }, new { type = "session_end_others", @ref = 2 }]);
            await first.NextAsync("pong");
        }

        foreach (var peer in new[] { first, second, third })
            Assert.Equal("closing", (await peer.EndAsync())[^1].Type);
    }

    [Fact]
    public async Task Who_comes_back_while_the_session_ends_does_not_stay()
    {
        var name = Server.NewName();
        for (var i = 0; i < 30; i++)
        {
            var (leaving, _) = await EnterLevel2Async(name);
            var coming = await ConnectAsync();

            await Task.WhenAll(leaving.SendAsync(new { type = "logout", @ref = 1 }), coming.SendAsync(new { type = "hello", @ref = 1, token = leaving.Token }));
            await leaving.EndAsync();

            // Either it came too late, or it was there and is closed.
            var answer = await coming.NextAsync();
            if (answer.Type == "error")
                answer.ShouldBe(new { type = "error", @ref = 1, code = "invalid_token", message = "<text>" });
            else
                Assert.Equal("logged_out", (answer.Type == "closing" ? answer : (await coming.EndAsync())[^1]).Text("reason"));
            await coming.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_token_serves_many_connections_at_once()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var connections = new List<Peer>();
        for (var i = 0; i < 20; i++)
            connections.Add((await ComeBackAsync(alice.Token)).Peer);

        await connections[7].SayAsync(log, "to myself");

        foreach (var connection in connections)
            (await connection.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "to myself"));
    }

    [Fact]
    public async Task A_token_is_not_good_for_somebody_elses_name()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();

        var peer = await ConnectAsync();
        var ready = await peer.AskAsync(new { type = "hello", token = alice.Token, username = bob.Name });

        Assert.Equal(alice.Name, ready["user"]!["username"]!.GetValue<string>());
    }
}
