using System.Diagnostics;
using System.Net.Sockets;

namespace Parley.Server.Tests.Program;

/// <summary>
/// What can be no database is told at once in one clear line, whatever the command; and one database has one server, whatever it is called by.
/// </summary>
public sealed class DatabasePathTests
{
    public static TheoryData<string> NoDatabases =>
        ["", " ", "/dev/null", "/dev/zero", "folder", "folder/", "dangling", "loop", "pipe", "socket", "missing/x.db", "pipe/x.db"];

    [Theory]
    [MemberData(nameof(NoDatabases))]
    public async Task What_can_be_no_database_is_one_clear_line_for_every_command(string path)
    {
        using var folder = await PrepareAsync();
        string[][] commands =
        [
            ["--no-tls", "--port", "0"], ["check"], ["backup", "copy.db"], ["restore", "text.db"], ["users", "list"], ["code"], ["owner", "alice"],
            ["channels", "hide", "x"],
        ];

        foreach (var command in commands)
        {
            var line = await Operator.RefusedAsync(folder.Path, [.. command, "--db", path]);

            Assert.Matches("database|--db|copy|folder", line);
        }

        Assert.False(File.Exists(folder["copy.db"]));
        Assert.Empty(Directory.GetFileSystemEntries(folder["folder"]));
    }

    [Theory]
    [InlineData("restore", "")]
    [InlineData("restore", "pipe")]
    [InlineData("restore", "/dev/zero")]
    [InlineData("backup", "")]
    [InlineData("backup", "folder")]
    [InlineData("backup", "pipe")]
    [InlineData("cert", "--host", "")]
    [InlineData("cert", "--host", "two words")]
    [InlineData("cert", "--out", "pipe")]
    [InlineData("--cert", "pipe", "--key", "pipe")]
    [InlineData("--cert", "/dev/zero", "--key", "/dev/zero")]
    [InlineData("--cert", "", "--key", "")]
    [InlineData("--host", "", "--no-tls")]
    [InlineData("--name", " ")]
    [InlineData("--registration", "maybe")]
    [InlineData("code", "--expires", "soon")]
    [InlineData("code", "--expires", "9999999999d")]
    [InlineData("code", "--uses", "0")]
    [InlineData("code", "revoke")]
    [InlineData("users")]
    [InlineData("users", "ban")]
    [InlineData("channels", "rename", "x")]
    [InlineData("owner", "a", "b")]
    public async Task Every_command_line_that_makes_no_sense_is_one_clear_line(params string[] command)
    {
        using var folder = await PrepareAsync();
        await using (await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
        {
        }

        var refused = await ServerProcess.RunAsync(folder.Path, command);

        Assert.NotEqual(0, refused.ExitCode);
        var line = refused.ErrorLines is [var only] ? only : refused.ErrorLines[0];
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.ErrorLines, l => l.StartsWith("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_name_of_the_file_is_no_second_server(bool isHardLink)
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var second = Path.Combine(server.Folder, "second.db");
        if (isHardLink)
            await RunAsync("ln", server.DatabasePath, second);
        else
            File.CreateSymbolicLink(second, server.DatabasePath);

        var refused = await ServerProcess.RunAsync(server.Folder, "--no-tls", "--port", "0", "--db", "second.db");
        await using (await server.ConnectLevel1Async("alice"))
            Assert.Equal(0, await server.TerminateAsync());

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is in use by another server", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal([second], Directory.GetFiles(server.Folder, "second.db*")); // No log beside the other name.
        await using var again = await ServerProcess.StartInAsync(server.Folder, "--no-tls", "--db", "second.db");
    }

    /// <summary>SQLite's own locks belong to the process, and would go with any descriptor of the file that it closes.</summary>
    [Fact]
    public async Task Whatever_the_server_is_asked_SQLites_own_locks_stay()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Locks are listed on Linux.");
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await using var alice = await server.ConnectLevel1Async("alice");
        await Operator.DoAsync(server.Folder, "owner", "alice");
        await Operator.DoAsync(server.Folder, "check");
        await Operator.DoAsync(server.Folder, "backup", "copy.db");

        var number = await RunAsync("stat", "-c", "%i", server.DatabasePath);
        var locks = await File.ReadAllLinesAsync("/proc/locks", TestContext.Current.CancellationToken);

        Assert.Contains(locks, line => line.Contains("POSIX", StringComparison.Ordinal) && line.Contains($" {server.ProcessId} ", StringComparison.Ordinal) && line.Contains($":{number} ", StringComparison.Ordinal));
    }

    private static async Task<TempFolder> PrepareAsync()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["folder"]);
        File.WriteAllText(folder["text.db"], "no database at all");
        File.CreateSymbolicLink(folder["dangling"], folder["nowhere", "x.db"]);
        File.CreateSymbolicLink(folder["loop"], folder["loop"]);
        await RunAsync("mkfifo", folder["pipe"]);
        // Closed, it would be removed: what a server that was killed leaves behind is moved out of its reach.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["bound"]));
        File.Move(folder["bound"], folder["socket"]);
        return folder;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return said.Trim();
    }
}
