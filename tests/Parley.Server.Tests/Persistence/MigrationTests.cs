namespace Parley.Server.Tests.Persistence;

/// <summary>A file that an earlier version of this program wrote opens, and says what it said.</summary>
public sealed class MigrationTests
{
    // What the versions after the first added, taken away again.
    private const string BackToVersion1 = """
        DROP TABLE mentions;
        DROP TABLE author_counts;
        DROP INDEX channels_low_latest;
        DROP INDEX channels_high_latest;
        DROP INDEX sessions_user;
        CREATE INDEX sessions_user ON sessions(user_id);
        ALTER TABLE channels DROP COLUMN message_count;
        ALTER TABLE channels DROP COLUMN last_message_id;
        ALTER TABLE events DROP COLUMN message_count;
        ALTER TABLE users DROP COLUMN waiting_after;
        ALTER TABLE users DROP COLUMN status;
        ALTER TABLE users DROP COLUMN status_text;
        ALTER TABLE sessions DROP COLUMN client;
        PRAGMA user_version = 1;
        """;

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
        Sql.Run(server.DatabasePath, BackToVersion1);
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
    public async Task Who_was_logged_in_stays_so_and_is_shown_as_nothing_special()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits");
        var (before, login) = await server.ConnectLevel2Async("alice");
        await before.DisposeAsync();

        await server.TerminateAsync();
        Sql.Run(server.DatabasePath, BackToVersion1);
        await server.RestartAsync();

        await using var alice = await RawPeer.ConnectAsync(server);
        var again = await alice.ComeBackAsync(login.Token);
        Assert.Equal(["""{"id":1,"username":"alice","status":"online"}"""], again.Ready.Items("members").Select(m => m.GetRawText()));
        Assert.Equal("raw peer", Assert.Single((await alice.AskAsync("session_list")).Items("sessions")).Text("client")); // It has just said so.
    }
}
