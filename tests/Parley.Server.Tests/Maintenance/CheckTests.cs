namespace Parley.Server.Tests.Maintenance;

/// <summary><c>parley-server check</c> against each kind of damage that it promises to find.</summary>
public sealed class CheckTests
{
    public static TheoryData<string, string> Damages => new()
    {
        { "DELETE FROM events WHERE number = 2", "Channel 1 has another count of events" },
        { "DELETE FROM events WHERE number = 4", "Channel 1 does not end with its last number." },
        { "UPDATE channels SET last_number = 5 WHERE id = 1", "Channel 1 does not end with its last number." },
        { "UPDATE events SET number = 9 WHERE number = 4", "Channel 1 does not end with its last number." },
        { "UPDATE events SET number = 0 WHERE number = 1", "Channel 1 has an event with a number below 1." },
        { "UPDATE events SET message_id = 1 WHERE number = 2", "Message 1 was said more than once." },
        { "UPDATE messages SET number = 3 WHERE id = 2", "Message 2 does not stand in its channel's log" },
        { "DELETE FROM messages WHERE id = 3", "refers to a missing row of messages." },
        { "DELETE FROM users WHERE username = 'alice'", "refers to a missing row of users." },
        { "DROP INDEX messages_nonce; UPDATE messages SET nonce = 'again'", "bears a nonce that its author used before." },
        { "UPDATE events SET message_count = 2 WHERE number = 3", "Channel 1 has an event that counts other messages" },
        { "UPDATE channels SET message_count = 5", "Channel 1 counts other messages than its log." },
        { "UPDATE channels SET last_message_id = 3", "Channel 1 names another message as its latest." },
        { "UPDATE author_counts SET count = 5 WHERE number = 3", "Channel 1 has a message whose place among its author's is not kept." },
        { "DELETE FROM author_counts WHERE number = 1", "Channel 1 has a message whose place among its author's is not kept." },
        { "INSERT INTO author_counts VALUES(1, 1, 9, 3)", "Channel 1 counts a message for its author that it has not." },
        { "INSERT INTO mentions VALUES(1, 1, 3, 2)", "Channel 1 has a mention that counts others" },
        { "DROP INDEX messages_nonce", "The index that makes nonces unique is missing." },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_found_and_named(string damage, string words)
    {
        using var folder = await TalkAsync();
        Sql.Run(folder["chat_data.db"], $"PRAGMA foreign_keys = OFF; {damage}");

        var check = await ServerProcess.RunAsync(folder.Path, "check");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains(check.OutputLines, line => line.Contains(words, StringComparison.Ordinal));
        Assert.Empty(check.ErrorLines);
    }

    [Fact]
    public async Task A_page_that_the_disk_lost_is_found()
    {
        using var folder = await TalkAsync();
        var page = Sql.Number(folder["chat_data.db"], "SELECT rootpage FROM sqlite_master WHERE name = 'messages'");
        using (var file = new FileStream(folder["chat_data.db"], FileMode.Open, FileAccess.ReadWrite))
        {
            file.Seek((page - 1) * 4096, SeekOrigin.Begin);
            file.Write(new byte[4096]);
        }

        var check = await ServerProcess.RunAsync(folder.Path, "check");

        Assert.Equal(1, check.ExitCode);
        Assert.True(check.OutputLines.Count > 1, string.Join('\n', check.OutputLines));
        Assert.Empty(check.ErrorLines);
    }

    [Fact]
    public async Task A_running_servers_database_is_well_and_stays_as_it_was()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");

        var check = await ServerProcess.RunAsync(folder.Path, "check");

        Assert.Equal(0, check.ExitCode);
        Assert.EndsWith("0 users, 1 channels, 0 messages, 0 events; all is well.", Assert.Single(check.OutputLines), StringComparison.Ordinal);
    }

    // Four messages in general, by two people.
    private static async Task<TempFolder> TalkAsync()
    {
        var folder = new TempFolder();
        using (var accounts = new PredecessorDatabase(folder["chat_data.db"]))
            accounts.AddUsers(["alice", "bob"]);
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        foreach (var name in (string[])["alice", "bob"])
        {
            await using var peer = await RawPeer.ConnectAsync(server);
            await peer.LogInLevel2Async(name, PredecessorDatabase.Password);
            await peer.SayAsync(1, "one", "nonce-1");
            await peer.SayAsync(1, "two", "nonce-2");
        }

        await server.TerminateAsync();
        return folder;
    }
}
