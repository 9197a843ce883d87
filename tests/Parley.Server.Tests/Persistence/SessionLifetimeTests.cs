namespace Parley.Server.Tests.Persistence;

public sealed class SessionLifetimeTests
{
    [Fact]
    public async Task A_token_is_good_after_a_restart_and_a_logged_out_one_is_not()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, kept) = await server.ConnectLevel2Async("alice");
        await using var other = await RawPeer.ConnectAsync(server);
        var ended = await other.LogInLevel2Async("alice");
        await other.AskAsync("logout");

        await server.RestartAsync();

        await using var first = await RawPeer.ConnectAsync(server);
        await first.ComeBackAsync(kept.Token);
        await using var second = await RawPeer.ConnectAsync(server);
        Assert.Equal("invalid_token", (await second.AskAsync("hello", ("token", ended.Token))).Text("code"));
        await alice.DisposeAsync();
    }

    /// <summary>The clock cannot be moved from here, so the session is: to an end that has passed.</summary>
    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        await server.TerminateAsync();
        Sql.Run(
            server.DatabasePath, "UPDATE sessions SET expires_at = CASE typeof(expires_at) WHEN 'text' THEN '2001-02-03T04:05:06+00:00' ELSE 981173106 END");

        await server.RestartAsync();

        await using var peer = await RawPeer.ConnectAsync(server);
        Assert.Equal("invalid_token", (await peer.AskAsync("hello", ("token", login.Token))).Text("code"));
        await peer.LogInLevel2Async("alice");
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task Neither_tokens_nor_passwords_stand_in_the_file()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("alice", "a very secret password");

        foreach (var file in new[] { server.DatabasePath, $"{server.DatabasePath}-wal" })
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var bytes = await reader.ReadToEndAsync();
            Assert.DoesNotContain(login.Token, bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("a very secret password", bytes, StringComparison.Ordinal);
        }

        await alice.DisposeAsync();
    }

    [Fact]
    public async Task A_hash_of_any_cost_and_kind_opens_and_so_does_a_password_that_is_longer_than_ours_may_be()
    {
        using var folder = new TempFolder();
        var longPassword = new string('ü', 50); // 100 bytes, of which bcrypt has read 72.
        using (var database = new PredecessorDatabase(folder["chat_data.db"]))
        {
            database.AddUser("cheap", PredecessorDatabase.HashOf("correct horse"));
            database.AddUser("usual", PredecessorDatabase.HashOf("correct horse", 12));
            database.AddUser("other", BCrypt.Net.BCrypt.HashPassword("correct horse", BCrypt.Net.BCrypt.GenerateSalt(5, 'a')));
            database.AddUser("old_and_long", PredecessorDatabase.HashOf(longPassword[..36]));
            database.AddUser("broken", "no hash at all");
        }

        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");

        foreach (var (name, password) in new[] { ("cheap", "correct horse"), ("usual", "correct horse"), ("other", "correct horse"), ("old_and_long", longPassword) })
        {
            await using var peer = await RawPeer.ConnectAsync(server);
            await peer.LogInAsync(name, password);
        }

        await using var nobody = await RawPeer.ConnectAsync(server);
        await nobody.SendAsync(new { type = "auth_login", username = "broken", password = "no hash at all" });
        Assert.Equal("Invalid username or password.", (await nobody.ReceiveAsync("auth_result")).Text("error"));
    }
}
