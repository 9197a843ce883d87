namespace Parley.Server.Tests.Maintenance;

public sealed class BackupTests
{
    [Fact]
    public async Task A_copy_is_whole_and_its_owners_alone_and_never_written_over()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");

        var made = await ServerProcess.RunAsync(folder.Path, "backup", "copy.db");
        var bytes = await File.ReadAllBytesAsync(folder["copy.db"], TestContext.Current.CancellationToken);
        var refused = await ServerProcess.RunAsync(folder.Path, "backup", "copy.db");

        Assert.Equal((0, 1), (made.ExitCode, refused.ExitCode));
        Assert.Contains("exists already", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["copy.db"], TestContext.Current.CancellationToken));
        Assert.Equal("ok", Sql.Rows(folder["copy.db"], "PRAGMA integrity_check")[0][0]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["copy.db"]));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part*"));
    }

    [Theory]
    [InlineData("no.db", "copy.db", "There is no database")]
    [InlineData("text.db", "copy.db", "is no database")]
    [InlineData("chat_data.db", "missing/copy.db", "cannot be written")]
    [InlineData("chat_data.db", "folder", "exists already")]
    public async Task What_cannot_be_copied_is_told_in_one_line_and_leaves_nothing_behind(string database, string copy, string words)
    {
        using var folder = new TempFolder();
        await using (await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
        {
        }

        await File.WriteAllTextAsync(folder["text.db"], "What we listen to, what we eat, and where we go.", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["folder"]);

        var refused = await ServerProcess.RunAsync(folder.Path, "backup", copy, "--db", database);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part*"));
        Assert.False(File.Exists(folder["copy.db"]));
    }
}
