using System.Net.Sockets;

namespace Parley.Server.Tests.Program;

public sealed class OptionTests
{
    [Fact]
    public async Task Help_names_every_option_and_the_command()
    {
        using var folder = new TempFolder();

        var help = await ServerProcess.RunAsync(folder.Path, "--help");

        Assert.Equal(0, help.ExitCode);
        var text = string.Join('\n', help.OutputLines);
        foreach (var name in new[] { "--host", "--port", "--db", "--no-tls", "--cert", "--key", "--message-rate", "--bcrypt-cost", "--no-limits", "cert" })
            Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.Matches(@"--bcrypt-cost .*\[default: 12\]", text);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task New_passwords_are_hashed_at_the_cost_that_was_asked_for()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--bcrypt-cost", "11");
        await using var alice = await RawPeer.ConnectAsync(server);

        await alice.RegisterAsync("alice");

        Assert.Matches(@"^\$2[ab]\$11\$", (string?)Assert.Single(Sql.Rows(server.DatabasePath, "SELECT password_hash FROM users"))[0]);
    }

    /// <summary>Somebody else may have that port while the test runs; then the refusal names it.</summary>
    [Fact]
    public async Task The_port_is_5050_where_none_is_named()
    {
        using var folder = new TempFolder();
        await using var process = ChildProcess.Start(
            Environment.GetEnvironmentVariable("PARLEY_SERVER") is { Length: > 0 } named
                ? named
                : Repository.BuiltAssembly("Parley.Server", "parley-server.dll"),
            ["--no-tls"], folder.Path);

        await Eventually.TrueAsync(() => process.OutputLines.Count + process.ErrorLines.Count > 0, "a word");

        Assert.Matches(@"^Listening on 127\.0\.0\.1:5050 |Port 5050 at 127\.0\.0\.1 is in use", process.OutputLines.Concat(process.ErrorLines).First());
    }

    [Fact]
    public async Task Default_files_lie_in_the_callers_folder_and_the_key_is_its_owners_alone()
    {
        await using var server = await ServerProcess.StartAsync();

        Assert.True(File.Exists(Path.Combine(server.Folder, "chat_data.db")));
        Assert.True(File.Exists(Path.Combine(server.Folder, "certs", "server.crt")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Folder, "certs", "server.key")));
    }

    [Fact]
    public async Task A_relative_path_is_relative_to_the_callers_folder()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data"]);
        Certificates.Write(folder, "mine");

        await using var server = await ServerProcess.StartInAsync(folder.Path, "--db", "data/mine.db", "--cert", "mine.crt", "--key", "./mine.key");

        Assert.True(File.Exists(folder["data", "mine.db"]));
        Assert.False(File.Exists(folder["chat_data.db"]));
        Assert.False(Directory.Exists(folder["certs"]));
    }

    [Fact]
    public async Task The_same_holds_under_dotnet_run()
    {
        using var folder = new TempFolder();
        await using var process = ChildProcess.Start(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["run", "--no-build", "-c", Repository.Configuration, "--project", Repository.PathOf("src", "Parley.Server"), "--", "--port", "0", "--db", "mine.db"], folder.Path);

        await process.WaitForLineAsync(l => l.StartsWith("Listening on 127.0.0.1:", StringComparison.Ordinal), "the line");

        Assert.True(File.Exists(folder["mine.db"]));
        Assert.True(File.Exists(folder["certs", "server.crt"]));
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("nonsense")]
    [InlineData("--port", "abc")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--message-rate", "many")]
    [InlineData("--message-rate", "-1")]
    [InlineData("--bcrypt-cost", "9")]
    [InlineData("--bcrypt-cost", "16")]
    [InlineData("--db")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_made(params string[] options)
    {
        using var folder = new TempFolder();

        var finished = await ServerProcess.RunAsync(folder.Path, options);

        Assert.Equal(1, finished.ExitCode);
        Assert.NotEmpty(finished.ErrorLines);
        Assert.DoesNotContain(finished.ErrorLines, l => l.Contains("   at ", StringComparison.Ordinal));
        Assert.DoesNotContain(finished.OutputLines, l => l.StartsWith("Listening", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var folder = new TempFolder();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Contains($"{port}", await FailedStartOfNewAsync(folder, "--port", $"{port}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1")] // For documentation (RFC 5737): nobody's.
    [InlineData("2001:db8::1")] // RFC 3849.
    [InlineData("no-such-host.invalid")]
    public async Task An_address_that_is_not_ours_is_one_clear_line(string host)
    {
        using var folder = new TempFolder();

        Assert.Contains(host, await FailedStartOfNewAsync(folder, "--host", host, "--port", "0"), StringComparison.Ordinal);
    }

    // With a database that is there, so that nothing may change; what a first start makes before it listens is its own affair.
    private static async Task<string> FailedStartOfNewAsync(TempFolder folder, params string[] options)
    {
        await using (var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
            Assert.Equal(0, await server.TerminateAsync());
        return await FailedStart.OfAsync(folder, ["--no-tls", .. options]);
    }
}
