using System.Globalization;
using Parley.Load.Attacks.Data;

namespace Parley.Load.Tests;

public class StoredDataTests
{
    private static readonly DataPlan Plan = new() { Crowd = 50, OwnMessages = 300, Conversations = 40, Channels = 7, LongMessages = 3 };

    [Fact]
    public async Task A_server_starts_on_written_data_and_finds_them_whole()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "chat_data.db");
        StoredData.Put(Plan, path, kept: null);

        await using (var server = await Testing.ServerProcess.StartInAsync(folder.Path, "--no-tls"))
        {
            await using var popular = await RawPeer.ConnectAsync(server);
            await popular.ComeBackAsync(Account.Token(Account.Popular));
        }

        Assert.Equal("ok", Sql.Rows(path, "PRAGMA integrity_check")[0][0]);
        Assert.Empty(Sql.Rows(path, "PRAGMA foreign_key_check"));
        Assert.Equal(300, Sql.Number(path, $"SELECT COUNT(*) FROM events WHERE channel_id = {StoredData.OwnConversation} AND number BETWEEN 1 AND 300"));
        Assert.Equal(40, Sql.Number(path, $"SELECT COUNT(*) FROM channels c JOIN users u ON u.id = c.high_user_id WHERE c.name = '@{Account.Popular}:' || " +
            $"u.id AND u.username = 'user_' || u.id"));
        Assert.Equal(9 + 1, Sql.Number(path, "SELECT COUNT(*) FROM channels WHERE low_user_id IS NULL OR low_user_id = high_user_id"));
    }

    [Fact]
    public void What_is_kept_is_written_once_and_each_run_gets_a_copy()
    {
        using var folder = new TempFolder();
        var kept = Path.Combine(folder.Path, "kept");
        StoredData.Put(Plan, Path.Combine(folder.Path, "one.db"), kept);
        var written = File.GetLastWriteTimeUtc(Path.Combine(kept, Plan.FileName));
        Sql.Run(Path.Combine(folder.Path, "one.db"), "DELETE FROM sessions");

        StoredData.Put(Plan, Path.Combine(folder.Path, "two.db"), kept);

        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(kept, Plan.FileName)));
        Assert.Equal(Sql.Number(Path.Combine(folder.Path, "two.db"), "SELECT COUNT(*) FROM users").ToString(CultureInfo.InvariantCulture),
            Sql.Number(Path.Combine(folder.Path, "two.db"), "SELECT COUNT(*) FROM sessions").ToString(CultureInfo.InvariantCulture));
    }
}
