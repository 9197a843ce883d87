namespace Parley.Server.Tests.Persistence;

/// <summary>A file that an earlier version of this program wrote opens, and says what it said.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task A_file_of_the_first_version_goes_on_and_a_copy_of_it_is_kept()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        await using (var alice = await RawPeer.ConnectAsync(server))
        {
            await alice.RegisterAsync("alice");
            await alice.SendAsync(new { type = "message", content = "@bob, are you here?" });
            await alice.ReceiveAsync("message");
        }

        await server.TerminateAsync();
        Sql.Run(server.DatabasePath, FormerSchema.BackToVersion1);
        await server.RestartAsync();

        await using var bob = await RawPeer.ConnectAsync(server);
        await using var old = await RawPeer.ConnectAsync(server);
        await bob.RegisterAsync("bob");
        var history = (await old.LogInAsync("alice")).ChannelJoined.Items("history");
        await old.SendAsync(new { type = "message", content = "now you are, @bob" });
        await old.ReceiveAsync("message");
        Assert.Equal(["@bob, are you here?"], history.Select(h => h.Text("content")));

        await server.TerminateAsync();
        var version = Sql.Number(server.DatabasePath, "PRAGMA user_version");
        Assert.True(version > 1);
        Assert.Equal([[2L, 1L, 2L]], Sql.Rows(server.DatabasePath, "SELECT user_id, channel_id, number FROM mentions"));
        Assert.Empty(Sql.Rows(server.DatabasePath, "PRAGMA foreign_key_check"));
        Assert.Equal(1, Sql.Number(folder[$"chat_data.before-v{version}.db"], "PRAGMA user_version"));
    }

    [Fact]
    public async Task What_does_not_fit_together_is_not_migrated_and_the_copy_is_named()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        await (await server.ConnectLevel1Async("alice")).DisposeAsync();
        await server.TerminateAsync();
        Sql.Run(server.DatabasePath, $"PRAGMA foreign_keys = OFF; {FormerSchema.BackToVersion1} DELETE FROM users;");

        var refused = await ServerProcess.RunAsync(folder.Path, "--no-tls", "--port", "0");

        var line = Assert.Single(refused.ErrorLines);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("was not brought up to date: row", line, StringComparison.Ordinal);
        var copy = Assert.Single(Directory.GetFiles(folder.Path, "*.before-v*.db"));
        Assert.Contains(copy, line, StringComparison.Ordinal);
        Assert.Equal(1, Sql.Number(server.DatabasePath, "PRAGMA user_version"));
        Assert.Equal(0, Sql.Number(server.DatabasePath, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('mentions', 'invites')"));
    }

    [Theory]
    [InlineData("Everything and nothing", "General discussion")]
    [InlineData("Ours alone", "Ours alone")]
    public async Task The_first_channel_is_described_as_its_predecessor_did_unless_somebody_chose_other_words(string before, string after)
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        await server.TerminateAsync();
        Assert.Equal("General discussion", Sql.Rows(server.DatabasePath, "SELECT description FROM channels")[0][0]);
        Sql.Run(server.DatabasePath, $"{FormerSchema.BackToVersion1} UPDATE channels SET description = '{before}';");

        await server.RestartAsync();

        await using var alice = await RawPeer.ConnectAsync(server);
        Assert.Equal(after, (await alice.RegisterAsync("alice")).ChannelInfo.Items("channels")[0].Text("description"));
    }

    [Fact]
    public async Task Who_was_logged_in_stays_so_and_is_shown_as_nothing_special()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        var (before, login) = await server.ConnectLevel2Async("alice");
        await before.DisposeAsync();

        await server.TerminateAsync();
        Sql.Run(server.DatabasePath, FormerSchema.BackToVersion1);
        await server.RestartAsync();

        await using var alice = await RawPeer.ConnectAsync(server);
        var again = await alice.ComeBackAsync(login.Token);
        Assert.Equal(["""{"id":1,"username":"alice","status":"online"}"""], again.Ready.Items("members").Select(m => m.GetRawText()));
        Assert.Equal("raw peer", Assert.Single((await alice.AskAsync("session_list")).Items("sessions")).Text("client")); // It has just said so.
    }
}
