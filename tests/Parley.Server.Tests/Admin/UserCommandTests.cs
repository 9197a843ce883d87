namespace Parley.Server.Tests.Admin;

/// <summary><c>parley-server users</c> and <c>owner</c>, on a running server and on a stopped one.</summary>
public sealed class UserCommandTests
{
    [Fact]
    public async Task A_ban_ends_every_connection_and_no_token_and_no_password_opens_again_until_it_is_lifted()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await using var first = bob;
        await using var level1 = await RawPeer.ConnectAsync(server);
        await level1.LogInAsync("bob");

        await Operator.DoAsync(server.Folder, "users", "ban", "BOB", "--reason", "advertising");

        var closing = (await bob.CollectUntilClosedAsync())[^1];
        Assert.Equal(("closing", "banned", "never"), (closing.Type(), closing.Text("reason"), closing.Text("reconnect")));
        Assert.Equal("You are banned from this server: advertising", closing.Text("message"));
        Assert.Equal("You are banned from this server: advertising", (await level1.CollectUntilClosedAsync())[^1].Text("message"));
        await using var again = await RawPeer.ConnectAsync(server);
        Assert.Equal("invalid_token", (await again.AskAsync("hello", ("token", login.Token))).Text("code"));
        var refused = await again.AskAsync("auth_login", ("username", "bob"), ("password", RawPeerVerbs.Password));
        var wrong = await again.AskAsync("auth_login", ("username", "bob"), ("password", "guessed"));
        Assert.Equal(("banned", "You are banned from this server: advertising"), (refused.Text("code"), refused.Text("error")));
        Assert.Equal((null, "Invalid username or password."), (wrong.Text("code"), wrong.Text("error")));
        var listed = Assert.Single(await Operator.AskAsync(server.Folder, "users", "list"));
        Assert.Equal("advertising", listed.Text("ban_reason"));

        await Operator.DoAsync(server.Folder, "users", "unban", "bob");

        Assert.True((await again.AskAsync("auth_login", ("username", "bob"), ("password", RawPeerVerbs.Password))).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Who_comes_back_by_token_while_a_ban_is_written_is_out_in_any_case()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await bob.DisposeAsync();
        using var stop = new CancellationTokenSource();
        var coming = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await using var peer = await RawPeer.ConnectAsync(server);
                await peer.SendAsync(new { type = "hello", token = login.Token });
                await peer.ReceiveAsync();
            }
        });

        await Operator.DoAsync(server.Folder, "users", "ban", "bob");
        await stop.CancelAsync();
        await coming;

        await using var late = await RawPeer.ConnectAsync(server);
        Assert.Equal("invalid_token", (await late.AskAsync("hello", ("token", login.Token))).Text("code"));
        Assert.Equal(0, Sql.Number(server.DatabasePath, "SELECT COUNT(*) FROM sessions"));
    }

    [Fact]
    public async Task A_one_time_password_opens_once_and_is_then_exchanged_for_ones_own()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await using var before = bob;

        var password = (await Operator.AskAsync(server.Folder, "users", "password", "bob"))[0].Text("password")!;

        Assert.Equal("logged_out", (await bob.CollectUntilClosedAsync())[^1].Text("reason"));
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var peer = await RawPeer.ConnectAsync(server);
            await peer.HelloAsync();
            return (Peer: peer, Answer: await peer.AskAsync("auth_login", ("username", "bob"), ("password", password)));
        }));
        var (opened, answer) = Assert.Single(tries, t => t.Answer.GetProperty("success").GetBoolean());
        Assert.True(answer.GetProperty("one_time").GetBoolean());
        await opened.ReceiveAsync("ready");
        Assert.True(
            (await opened.AskAsync("password_change", ("old_password", password), ("new_password", "one of my own"))).GetProperty("success").GetBoolean());
        await using var later = await RawPeer.ConnectAsync(server);
        await later.HelloAsync();
        Assert.False((await later.AskAsync("auth_login", ("username", "bob"), ("password", RawPeerVerbs.Password))).GetProperty("success").GetBoolean());
        Assert.False((await later.AskAsync("auth_login", ("username", "bob"), ("password", password))).GetProperty("success").GetBoolean());
        var own = await later.AskAsync("auth_login", ("username", "bob"), ("password", "one of my own"));
        Assert.True(own.GetProperty("success").GetBoolean());
        Assert.False(own.Has("one_time"));
        foreach (var (peer, _) in tries)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_owns_a_server_by_coming_first_and_the_owner_is_told_to_everybody()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--name", "Ours");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        await using var watching = alice;

        Assert.False(login.Ready.Has("owner_id"));
        Assert.Equal(["Nobody owns this server."], await Operator.DoAsync(server.Folder, "owner"));
        Assert.Equal("There is no user 'bob'.", await Operator.RefusedAsync(server.Folder, "owner", "bob"));
        await Operator.DoAsync(server.Folder, "owner", "Alice");

        var changed = await alice.SkipToAsync("server_changed");
        Assert.Equal(("Ours", 1L), (changed.Text("name"), changed.Number("owner_id")));
        Assert.Equal("'alice' owns this server. Name another owner first.", await Operator.RefusedAsync(server.Folder, "users", "ban", "alice"));
        await server.TerminateAsync();
        Assert.Equal(["'alice' owns this server."], await Operator.DoAsync(server.Folder, "owner"));
        await server.RestartAsync();
        await using var again = await RawPeer.ConnectAsync(server);
        Assert.Equal(1, (await again.ComeBackAsync(login.Token)).Ready.Number("owner_id"));
    }

    [Fact]
    public async Task All_of_it_works_on_the_file_of_a_stopped_server_and_leaves_nothing_beside_it()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await bob.DisposeAsync();
        await server.TerminateAsync();

        await Operator.DoAsync(server.Folder, "users", "ban", "bob");
        var listed = Assert.Single(await Operator.AskAsync(server.Folder, "users", "list"));

        Assert.True(listed.Has("banned_at"));
        Assert.Equal([server.DatabasePath], Directory.GetFiles(server.Folder));
        await server.RestartAsync();
        await using var again = await RawPeer.ConnectAsync(server);
        Assert.Equal("invalid_token", (await again.AskAsync("hello", ("token", login.Token))).Text("code"));
    }

    [Fact]
    public async Task A_list_that_is_longer_than_a_page_is_whole()
    {
        using var folder = new TempFolder();
        using (var accounts = new PredecessorDatabase(folder["chat_data.db"]))
            accounts.AddUsers(Enumerable.Range(0, 1_203).Select(i => $"user_{i}"));
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");

        var listed = await Operator.AskAsync(folder.Path, "users", "list");

        Assert.Equal(1_203, listed.Select(user => user.Text("username")).Distinct().Count());
    }
}
