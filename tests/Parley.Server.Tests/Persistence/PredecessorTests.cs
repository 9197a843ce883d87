namespace Parley.Server.Tests.Persistence;

/// <summary>The file of the program that Parley succeeds opens, its people log in with their old passwords, and its history shows.</summary>
public sealed class PredecessorTests
{
    private const string OldToken = "aaaabbbbccccddddeeeeffff00001111aaaabbbbccccddddeeeeffff00001111";

    [Fact]
    public async Task Its_people_log_in_and_find_what_they_said()
    {
        using var folder = new TempFolder();
        Write(folder["chat_data.db"]);

        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");

        await using var alice = await RawPeer.ConnectAsync(server);
        var login = await alice.LogInAsync("ALICE", "alice's old password");
        Assert.Equal("Alice", login.AuthResult.Text("username"));
        new Frame(login.ChannelInfo.GetRawText()).ShouldBe(new
        {
            type = "channel_info",
            channels = new[] { new { id = 1, name = "general", description = "General discussion" }, new { id = 2, name = "random", description = "" } },
        });
        Assert.Equal("""[{"sender":"Alice","content":"Hello 👋","timestamp":"2025-01-02T03:04:05.000000+00:00","msg_type":"message","id":1}]""", login.ChannelJoined.GetProperty("history").GetRawText());
        await alice.SendAsync(new { type = "channel_join", channel = "random" });
        var random = await alice.ReceiveAsync("channel_joined");
        Assert.Equal(["first", "waves", "  kept as it was\n"], random.Items("history").Select(h => h.Text("content")));
        Assert.Equal(["bob_B", "Alice", "bob_B"], random.Items("history").Select(h => h.Text("sender")));
        Assert.Equal(["message", "action", "message"], random.Items("history").Select(h => h.Text("msg_type")));
        Assert.Equal([2, 3, 4], random.Items("history").Select(h => h.Number("id")));
        Assert.Equal(
            ["2025-01-02T03:04:06.000000+00:00", "2025-06-30T23:59:59.000000+00:00", "2025-12-31T00:00:00.000000+00:00"],
            random.Items("history").Select(h => h.Text("timestamp")));
        await using var bob = await RawPeer.ConnectAsync(server);
        await bob.LogInAsync("bob_b", "bob's old pässword");
    }

    [Fact]
    public async Task At_level_2_its_logs_are_numbered_read_and_go_on()
    {
        using var folder = new TempFolder();
        Write(folder["chat_data.db"]);
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using var alice = await RawPeer.ConnectAsync(server);

        var login = await alice.LogInLevel2Async("alice", "alice's old password");

        var random = login.Ready.Items("channels").Single(c => c.Text("name") == "random");
        Assert.Equal((3, 0), (random.Number("last_number"), random.Number("unread")));
        var page = await alice.AskAsync("history", ("channel_id", random.Number("id")));
        Assert.Equal([1, 2, 3], page.Items("events").Select(e => e.Number("number")));
        Assert.Equal(["first", "waves", "  kept as it was\n"], page.Items("events").Select(e => e.Text("content")));
        var ack = await alice.SayAsync(random.Number("id"), "and on");
        Assert.Equal(4, ack.Number("number"));
        Assert.True(ack.Number("message_id") > 4);
    }

    [Fact]
    public async Task A_whole_copy_is_kept_that_its_owner_alone_may_read()
    {
        using var folder = new TempFolder();
        WriteWithALog(folder);

        await using (var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
            await server.TerminateAsync();
        await using (var again = await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
            await again.TerminateAsync();

        var copy = Assert.Single(Directory.GetFiles(folder.Path, "chat_data*.before-v*"), f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith(
            "-shm", StringComparison.Ordinal));
        Assert.Matches(@"^chat_data(\.db)?\.before-v\d+\.db$", Path.GetFileName(copy));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.Equal(0, Sql.Number(copy, "PRAGMA user_version"));
        Assert.Equal(4, Sql.Number(copy, "SELECT COUNT(*) FROM messages"));
        Assert.Equal([["Alice"], ["bob_B"]], Sql.Rows(copy, "SELECT username FROM users ORDER BY id"));
        Assert.Equal([[OldToken]], Sql.Rows(copy, "SELECT token FROM sessions"));
        Assert.Equal([["ok"]], Sql.Rows(copy, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task What_stood_only_in_its_log_is_there_too()
    {
        using var folder = new TempFolder();
        WriteWithALog(folder);
        Assert.True(new FileInfo(folder["chat_data.db-wal"]).Length > 0);

        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");

        await using var alice = await RawPeer.ConnectAsync(server);
        var login = await alice.LogInAsync("alice", "alice's old password");
        Assert.Equal(["Hello 👋"], login.ChannelJoined.Items("history").Select(h => h.Text("content")));
    }

    [Fact]
    public async Task Its_plain_text_sessions_are_gone()
    {
        using var folder = new TempFolder();
        Write(folder["chat_data.db"]);
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using var peer = await RawPeer.ConnectAsync(server);

        Assert.Equal("invalid_token", (await peer.AskAsync("hello", ("token", OldToken))).Text("code"));

        await server.TerminateAsync();
        Assert.Equal(0, Sql.Number(server.DatabasePath, "SELECT COUNT(*) FROM sessions"));
        Assert.Equal([["ok"]], Sql.Rows(server.DatabasePath, "PRAGMA integrity_check"));
        Assert.Empty(Sql.Rows(server.DatabasePath, "PRAGMA foreign_key_check"));
        Assert.True(Sql.Number(server.DatabasePath, "PRAGMA user_version") > 0);
    }

    [Fact]
    public async Task Its_names_stay_taken_and_a_missing_general_is_made()
    {
        using var folder = new TempFolder();
        Write(folder["chat_data.db"]);
        Sql.Run(folder["chat_data.db"], "DELETE FROM messages WHERE channel_id = 1; DELETE FROM channels WHERE name = 'general'");
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using var peer = await RawPeer.ConnectAsync(server);

        await peer.SendAsync(new { type = "auth_register", username = "BOB_b", password = "secret" });
        Assert.Equal("Username already taken.", (await peer.ReceiveAsync("auth_result")).Text("error"));

        var login = await peer.RegisterAsync("carol");
        Assert.Equal("general", login.ChannelJoined.Text("channel"));
        Assert.Empty(login.ChannelJoined.Items("history"));
    }

    private static void Write(string path)
    {
        using var database = Open(path);
    }

    // As a crash leaves it: the main file and a log that was never moved into it.
    private static void WriteWithALog(TempFolder folder)
    {
        using var elsewhere = new TempFolder();
        using var database = Open(elsewhere["old.db"]);
        File.Copy(elsewhere["old.db"], folder["chat_data.db"]);
        File.Copy(elsewhere["old.db-wal"], folder["chat_data.db-wal"]);
    }

    private static PredecessorDatabase Open(string path)
    {
        var database = new PredecessorDatabase(path);
        var alice = database.AddUser("Alice", PredecessorDatabase.HashOf("alice's old password", 12));
        var bob = database.AddUser("bob_B", PredecessorDatabase.HashOf("bob's old pässword", 12));
        var random = database.AddChannel("random", null, alice);
        database.AddMessage(1, alice, "Hello 👋", "message", "2025-01-02 03:04:05");
        database.AddMessage(random, bob, "first", "message", "2025-01-02 03:04:06");
        database.AddMessage(random, alice, "waves", "action", "2025-06-30 23:59:59");
        database.AddMessage(random, bob, "  kept as it was\n", "message", "2025-12-31 00:00:00");
        database.AddSession(OldToken, alice, "2099-01-01T00:00:00+00:00");
        return database;
    }
}
