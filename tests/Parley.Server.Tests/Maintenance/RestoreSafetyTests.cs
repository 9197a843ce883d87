using System.Diagnostics;

namespace Parley.Server.Tests.Maintenance;

/// <summary>What a restore refuses, what it keeps, and that the database is there at every moment of it.</summary>
public sealed class RestoreSafetyTests
{
    [Theory]
    [InlineData("CREATE TRIGGER spy AFTER INSERT ON messages BEGIN UPDATE users SET password_hash = 'x'; END", "trigger spy")]
    [InlineData("CREATE TRIGGER spy AFTER UPDATE ON properties BEGIN DELETE FROM messages; END", "trigger spy")]
    [InlineData("CREATE VIEW spy AS SELECT * FROM users", "view spy")]
    [InlineData("CREATE TABLE spy(id INTEGER)", "table spy")]
    [InlineData("CREATE INDEX spy ON users(created_at)", "index spy")]
    [InlineData("DROP INDEX sessions_user", "lacks the index sessions_user")]
    [InlineData("ALTER TABLE users ADD COLUMN spy TEXT DEFAULT 'x'", "table users is another one")]
    [InlineData("ALTER TABLE channels DROP COLUMN hidden_at", "table channels is another one")]
    public async Task A_copy_with_something_foreign_in_it_is_refused_and_nothing_of_it_runs(string change, string words)
    {
        using var folder = await BackedUpAsync();
        Sql.Run(folder["copy.db"], change);
        var before = await File.ReadAllBytesAsync(folder["chat_data.db"], TestContext.Current.CancellationToken);

        var line = await Operator.RefusedAsync(folder.Path, "restore", "copy.db");

        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder["chat_data.db"], TestContext.Current.CancellationToken));
        Assert.Equal(["chat_data.db", "copy.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Where(f => !f!.EndsWith("-shm", StringComparison.Ordinal) && !f.EndsWith("-wal", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_copy_of_the_predecessors_file_is_restored_and_one_with_a_trigger_is_not()
    {
        using var folder = await BackedUpAsync();
        using (var old = new PredecessorDatabase(folder["old.db"]))
            old.AddUsers(["Bob"]);

        await Operator.DoAsync(folder.Path, "restore", "old.db");
        Sql.Run(folder["old.db"], "CREATE TRIGGER spy AFTER INSERT ON messages BEGIN DELETE FROM users; END");

        Assert.Contains("trigger spy", await Operator.RefusedAsync(folder.Path, "restore", "old.db"), StringComparison.Ordinal);
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        await using var bob = await RawPeer.ConnectAsync(server);
        await bob.LogInAsync("Bob", PredecessorDatabase.Password);
    }

    [Fact]
    public async Task Onto_a_link_the_file_that_it_leads_to_is_replaced_and_the_link_stays()
    {
        using var folder = await BackedUpAsync();
        Directory.CreateDirectory(folder["data"]);
        File.Move(folder["chat_data.db"], folder["data", "real.db"]);
        File.CreateSymbolicLink(folder["chat_data.db"], Path.Combine("data", "real.db"));
        Sql.Run(folder["data", "real.db"], "DELETE FROM known_addresses; DELETE FROM sessions; DELETE FROM users");

        await Operator.DoAsync(folder.Path, "restore", "copy.db");

        Assert.Equal(Path.Combine("data", "real.db"), new FileInfo(folder["chat_data.db"]).LinkTarget);
        Assert.Equal(1, Sql.Number(folder["data", "real.db"], "SELECT COUNT(*) FROM users"));
        Assert.Single(Directory.GetFiles(folder["data"], "real.before-restore-*.db"));
    }

    [Fact]
    public async Task The_mode_is_kept_and_as_root_the_owner_too_or_that_of_the_folder()
    {
        using var folder = await BackedUpAsync();
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(folder["chat_data.db"], mode);
        if (Environment.UserName == "root")
            await RunAsync("chown", "4321:4322", folder["chat_data.db"]);

        await Operator.DoAsync(folder.Path, "restore", "copy.db");

        Assert.Equal(mode, File.GetUnixFileMode(folder["chat_data.db"]));
        if (Environment.UserName != "root")
            return;
        Assert.Equal("4321:4322", await RunAsync("stat", "-c", "%u:%g", folder["chat_data.db"]));
        Directory.CreateDirectory(folder["new"]);
        await RunAsync("chown", "4323:4324", folder["new"]);
        await Operator.DoAsync(folder.Path, "restore", "copy.db", "--db", "new/chat_data.db");
        Assert.Equal("4323:4324", await RunAsync("stat", "-c", "%u:%g", folder["new", "chat_data.db"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["new", "chat_data.db"]));
    }

    [Fact]
    public async Task At_every_moment_there_is_a_database_and_no_former_log_is_played_into_the_new_one()
    {
        using var folder = new TempFolder();
        var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using var alice = await server.ConnectLevel1Async("alice");
        Assert.Equal(0, (await ServerProcess.RunAsync(folder.Path, "backup", "copy.db")).ExitCode);
        await alice.SendAsync(new { type = "message", content = "said after the copy" });
        await alice.SkipToAsync("message");
        await server.KillAsync(); // Its log stays.
        await server.DisposeAsync();
        using var stop = new CancellationTokenSource();
        var misses = 0;
        var watching = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                misses += File.Exists(folder["chat_data.db"]) && new FileInfo(folder["chat_data.db"]).Length > 0 ? 0 : 1;
        });

        await Operator.DoAsync(folder.Path, "restore", "copy.db");
        await stop.CancelAsync();
        await watching;

        Assert.Equal(0, misses);
        Assert.False(File.Exists(folder["chat_data.db-wal"]));
        Assert.Equal(0, Sql.Number(folder["chat_data.db"], "SELECT COUNT(*) FROM messages"));
        var kept = Assert.Single(Directory.GetFiles(folder.Path, "*.before-restore-*.db"));
        Assert.Equal(1, Sql.Number(kept, "SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task The_database_itself_is_no_copy_of_itself()
    {
        using var folder = await BackedUpAsync();

        Assert.Contains("is the database itself", await Operator.RefusedAsync(folder.Path, "restore", "chat_data.db"), StringComparison.Ordinal);
    }

    // A database with somebody in it, and a copy of it.
    private static async Task<TempFolder> BackedUpAsync()
    {
        var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        await (await server.ConnectLevel1Async("alice")).DisposeAsync();
        await server.TerminateAsync();
        await Operator.DoAsync(folder.Path, "backup", "copy.db");
        return folder;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return said.Trim();
    }
}
