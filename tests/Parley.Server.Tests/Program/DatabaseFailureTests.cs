namespace Parley.Server.Tests.Program;

/// <summary>A database that cannot serve: one clear line, and the file is left as it was.</summary>
public sealed class DatabaseFailureTests
{
    private static readonly string[] Options = ["--no-tls", "--port", "0", "--db", "the.db"];

    [Theory]
    [InlineData("this is a letter to my aunt, and no database\n")]
    [InlineData("x")]
    [InlineData("SQLite format 3\0 but that is all of it")]
    public async Task A_file_that_is_no_database_is_left_alone(string content)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["the.db"], content);

        await RefusesAsync(folder);
    }

    [Fact]
    public async Task A_large_file_that_is_no_database_is_left_alone()
    {
        using var folder = new TempFolder();
        var noise = new byte[300_000];
        new Random(7).NextBytes(noise);
        await File.WriteAllBytesAsync(folder["the.db"], noise);

        await RefusesAsync(folder);
    }

    [Fact]
    public async Task A_folder_is_no_database()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["the.db"]);

        await RefusesAsync(folder);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1_000)]
    [InlineData(-1)]
    public async Task A_database_of_a_newer_program_is_left_alone(int version)
    {
        using var folder = new TempFolder();
        await StartOnceAsync(folder);
        Sql.Run(folder["the.db"], $"PRAGMA user_version = {version}");

        await RefusesAsync(folder);
    }

    [Fact]
    public async Task A_database_of_the_very_next_version_is_left_alone_too()
    {
        using var folder = new TempFolder();
        await StartOnceAsync(folder);
        Sql.Run(folder["the.db"], $"PRAGMA user_version = {Sql.Number(folder["the.db"], "PRAGMA user_version") + 1}");

        await RefusesAsync(folder);
    }

    [Theory]
    [InlineData("CREATE TABLE recipes(id INTEGER PRIMARY KEY, title TEXT); INSERT INTO recipes(title) VALUES ('Soup')")]
    [InlineData("CREATE TABLE users(id INTEGER PRIMARY KEY, email TEXT, pass TEXT); CREATE TABLE posts(id INTEGER PRIMARY KEY, body TEXT)")]
    [InlineData("CREATE TABLE users(id INTEGER PRIMARY KEY, username TEXT, password_hash TEXT, created_at TEXT); CREATE TABLE orders(id INTEGER)")]
    [InlineData("CREATE TABLE messages(id INTEGER PRIMARY KEY, content TEXT)")]
    [InlineData("CREATE TABLE recipes(id INTEGER PRIMARY KEY); PRAGMA user_version = 1")]
    [InlineData("CREATE TABLE users(id INTEGER PRIMARY KEY); CREATE TABLE sessions(id INTEGER PRIMARY KEY); PRAGMA user_version = 1")]
    [InlineData("CREATE TABLE recipes(id INTEGER PRIMARY KEY); PRAGMA journal_mode = WAL")]
    public async Task A_database_of_another_program_is_left_alone(string schema)
    {
        using var folder = new TempFolder();
        Sql.Run(folder["the.db"], schema);

        await RefusesAsync(folder);
    }

    [Fact]
    public async Task A_database_on_a_read_only_disk_is_left_alone()
    {
        await using var disk = await SmallDisk.MountAsync(8_000);
        using var folder = new TempFolder();
        await StartOnceAsync(folder);
        File.Copy(folder["the.db"], Path.Combine(disk.Path, "the.db"));
        await disk.MakeReadOnlyAsync();

        await RefusesAsync(folder, Path.Combine(disk.Path, "the.db"), disk.Path);
    }

    [Fact]
    public async Task A_database_of_the_predecessor_on_a_read_only_disk_is_left_alone()
    {
        await using var disk = await SmallDisk.MountAsync(8_000);
        using var folder = new TempFolder();
        using (var old = new PredecessorDatabase(Path.Combine(disk.Path, "the.db")))
            old.AddUsers(["Alice"]);
        await disk.MakeReadOnlyAsync();

        await RefusesAsync(folder, Path.Combine(disk.Path, "the.db"), disk.Path);
    }

    /// <summary>Even by root, whom the mode does not stop: it says what its owner means.</summary>
    [Fact]
    public async Task A_file_that_its_owner_made_read_only_is_left_alone()
    {
        using var folder = new TempFolder();
        await StartOnceAsync(folder);
        File.SetUnixFileMode(folder["the.db"], UnixFileMode.UserRead);

        await RefusesAsync(folder);
    }

    [Fact]
    public async Task A_new_database_on_a_full_disk_is_one_clear_line()
    {
        await using var disk = await SmallDisk.MountAsync(200);
        using var folder = new TempFolder();
        disk.Fill();

        await RefusesAsync(folder, Path.Combine(disk.Path, "the.db"), disk.Path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    [InlineData(60_000)]
    [InlineData(1_200_000)]
    public async Task A_database_of_the_predecessor_on_a_full_disk_is_left_alone_and_no_half_copy_stays(int leave)
    {
        await using var disk = await SmallDisk.MountAsync(5_000);
        using var folder = new TempFolder();
        using (var old = new PredecessorDatabase(Path.Combine(disk.Path, "the.db")))
        {
            old.AddUsers(Enumerable.Range(0, 500).Select(i => $"User_{i}"));
            old.Together(() =>
            {
                for (var i = 0; i < 500; i++)
                    old.AddMessage(1, 1 + i, new string('x', 300), "message", "2025-01-02 03:04:05");
            });
        }

        disk.Fill(leave);

        await RefusesAsync(folder, Path.Combine(disk.Path, "the.db"), disk.Path);
    }

    private static async Task StartOnceAsync(TempFolder folder)
    {
        await using var server = await ServerProcess.StartInAsync(folder.Path, Options);
        await using (await server.ConnectLevel1Async("alice"))
            Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task RefusesAsync(TempFolder folder, string path = "the.db", string? alsoUntouched = null)
    {
        var before = alsoUntouched is null ? [] : FailedStart.Contents(alsoUntouched);

        var line = await FailedStart.OfAsync(folder, "--no-tls", "--port", "0", "--db", path);

        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Equal(before, alsoUntouched is null ? [] : FailedStart.Contents(alsoUntouched));
    }
}
