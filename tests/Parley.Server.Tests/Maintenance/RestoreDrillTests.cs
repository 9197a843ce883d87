using System.Globalization;

namespace Parley.Server.Tests.Maintenance;

/// <summary>The drill: people talk, a copy is made meanwhile, the file is wrecked, the copy takes its place, and people go on.</summary>
public sealed class RestoreDrillTests
{
    private const int Said = 40;

    [Theory]
    [InlineData(Wreck.OverwrittenPages)]
    [InlineData(Wreck.Removed)]
    [InlineData(Wreck.Emptied)]
    public async Task After_a_restore_everybody_logs_in_and_finds_what_was_said_before_the_copy(Wreck wreck)
    {
        using var folder = new TempFolder();
        var (database, copy) = (folder["chat_data.db"], folder["copy.db"]);
        using (var accounts = new PredecessorDatabase(database))
            accounts.AddUsers(["alice", "bob"]);
        var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        var (before, epoch) = await TalkAndBackUpAsync(server, folder, copy);
        await server.KillAsync(); // The log stays beside the file, as a crash leaves it.
        await server.DisposeAsync();
        Break(database, wreck);

        var restored = await ServerProcess.RunAsync(folder.Path, "restore", copy);

        Assert.True(restored.ExitCode == 0, string.Join('\n', restored.ErrorLines));
        await using var again = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using var alice = await RawPeer.ConnectAsync(again);
        var ready = (await alice.LogInLevel2Async("alice", PredecessorDatabase.Password)).Ready;
        await using var bob = await RawPeer.ConnectAsync(again);
        await bob.LogInLevel2Async("bob", PredecessorDatabase.Password);
        Assert.NotEqual(epoch, ready.Text("epoch"));
        var found = await AllAsync(alice);
        Assert.Equal(before, found.Take(before.Count));
        Assert.Equal(found.Count + 1, (await alice.SayAsync(1, "we are back")).Number("number"));
        await AssertWellAsync(folder);
    }

    [Fact]
    public async Task What_was_there_before_is_kept_and_the_running_server_is_left_alone()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        Assert.Equal(0, (await ServerProcess.RunAsync(folder.Path, "backup", "copy.db")).ExitCode);

        var refused = await ServerProcess.RunAsync(folder.Path, "restore", "copy.db");
        await server.TerminateAsync();
        var restored = await ServerProcess.RunAsync(folder.Path, "restore", "copy.db");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("in use by another server", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, restored.ExitCode);
        var kept = Assert.Single(Directory.GetFiles(folder.Path, "*.before-restore-*.db"));
        Assert.Contains(kept, Assert.Single(restored.OutputLines), StringComparison.Ordinal);
        Assert.Equal(1, Sql.Number(kept, "SELECT COUNT(*) FROM channels"));
        await AssertWellAsync(folder);
    }

    [Fact]
    public async Task A_damaged_copy_changes_nothing()
    {
        using var folder = new TempFolder();
        await using (await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
            await ServerProcess.RunAsync(folder.Path, "backup", "copy.db");
        Sql.Run(folder["copy.db"], "UPDATE channels SET last_number = 7");
        var before = await File.ReadAllBytesAsync(folder["chat_data.db"], TestContext.Current.CancellationToken);

        var refused = await ServerProcess.RunAsync(folder.Path, "restore", "copy.db");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is damaged", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder["chat_data.db"], TestContext.Current.CancellationToken));
    }

    // Alice and bob talk all the time; the copy is made in the middle. Answers what was acknowledged before it began, and the epoch.
    private static async Task<(IReadOnlyList<(long Number, string Content)> Acknowledged, string? Epoch)> TalkAndBackUpAsync(
        ServerProcess server, TempFolder folder, string copy)
    {
        await using var alice = await RawPeer.ConnectAsync(server);
        var epoch = (await alice.LogInLevel2Async("alice", PredecessorDatabase.Password)).Ready.Text("epoch");
        await using var bob = await RawPeer.ConnectAsync(server);
        await bob.LogInLevel2Async("bob", PredecessorDatabase.Password);
        var acknowledged = new List<(long, string)>();
        for (var i = 0; i < Said; i++)
            acknowledged.Add(((await alice.SayAsync(1, Text(i))).Number("number"), Text(i)));

        var backup = ServerProcess.RunAsync(folder.Path, "backup", copy);
        for (var i = Said; !backup.IsCompleted; i++)
            await bob.SayAsync(1, Text(i));

        var result = await backup;
        Assert.True(result.ExitCode == 0, string.Join('\n', result.ErrorLines));
        return (acknowledged, epoch);
    }

    private static void Break(string database, Wreck wreck)
    {
        if (wreck == Wreck.Removed)
        {
            File.Delete(database); // And the log stays: it must not be played into the copy.
            return;
        }

        using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite);
        if (wreck == Wreck.Emptied)
        {
            file.SetLength(0);
            return;
        }

        file.Seek(4096, SeekOrigin.Begin);
        file.Write(Enumerable.Repeat((byte)0xAB, (int)Math.Max(4096, file.Length - 4096)).ToArray());
    }

    private static async Task<List<(long Number, string Content)>> AllAsync(RawPeer peer)
    {
        var all = new List<(long, string)>();
        while (true)
        {
            var page = await peer.AskAsync("history", ("channel_id", 1), ("after", all.Count), ("limit", 100));
            all.AddRange(page.Items("events").Select(e => (e.Number("number"), e.Text("content") ?? "")));
            if (!page.GetProperty("more").GetBoolean())
                return all;
        }
    }

    private static async Task AssertWellAsync(TempFolder folder)
    {
        var check = await ServerProcess.RunAsync(folder.Path, "check");
        Assert.True(check.ExitCode == 0, string.Join('\n', check.OutputLines));
    }

    private static string Text(int i) => string.Create(CultureInfo.InvariantCulture, $"message {i}");

    public enum Wreck
    {
        OverwrittenPages,
        Removed,
        Emptied,
    }
}
