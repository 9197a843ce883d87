using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Mentions;
using Parley.Server.Features.ReadState;
using Parley.Server.Storage.Logs;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Tests.Storage;

/// <summary>What is unread: exact, and at the same price whatever the history.</summary>
public sealed class UnreadTests
{
    private static readonly ChannelId General = new(1);

    [Fact]
    public void It_is_what_counting_one_by_one_gives()
    {
        using var folder = new TempFolder();
        using var database = Open(folder, out _);
        var random = new Random(11);
        database.Writer.Execute("BEGIN");
        for (var i = 0; i < 400; i++)
            Say(database, new UserId(random.Next(1, 4)), random.Next(5) == 0 ? "@user1, @user2 and @user3" : "x");

        for (var user = 1; user <= 3; user++)
        {
            for (var number = 0; number <= 400; number += 7)
            {
                database.Writer.Execute($"INSERT OR REPLACE INTO read_positions(user_id, channel_id, number) VALUES({user}, 1, {number})");
                var counted = ReadStateStore.Find(database.Writer, new UserId(user), General)!;

                Assert.Equal(database.Writer.Prepare($"SELECT COUNT(*) FROM events WHERE number > {number} AND actor_id <> {user}").Integer(), counted.Unread);
                Assert.Equal(database.Writer.Prepare($"SELECT COUNT(*) FROM mentions WHERE number > {number} AND user_id = {user}").Integer(), counted.Mentions);
            }
        }
    }

    [Theory]
    [InlineData("@user2")]
    [InlineData("all by oneself")]
    public void It_costs_no_more_after_a_long_history_than_after_a_short_one(string content)
    {
        using var folder = new TempFolder();
        using var database = Open(folder, out var steps);
        database.Writer.Execute("BEGIN; INSERT INTO read_positions(user_id, channel_id, number) VALUES(1, 1, 1), (2, 1, 1)");
        for (var i = 0; i < 20; i++)
            Say(database, new UserId(1), content);
        var few = Cost();
        for (var i = 0; i < 5_000; i++)
            Say(database, new UserId(1), content);

        Assert.InRange(Cost(), 1, few + 50);

        int Cost()
        {
            ReadStateStore.Find(database.Writer, new UserId(1), General); // Prepared.
            var before = steps();
            ReadStateStore.Find(database.Writer, new UserId(1), General);
            ReadStateStore.Find(database.Writer, new UserId(2), General);
            return steps() - before;
        }
    }

    [Fact]
    public void A_file_of_the_third_version_is_counted_whole()
    {
        using var folder = new TempFolder();
        using (var database = Open(folder, out _))
        {
            database.Writer.Execute("BEGIN");
            for (var i = 0; i < 100; i++)
                Say(database, new UserId((i % 3) + 1), i % 4 == 0 ? "@user1 @user2" : "x");
            database.Writer.Execute("INSERT INTO read_positions(user_id, channel_id, number) VALUES(2, 1, 30); COMMIT");
        }

        var before = Counted();
        Sql.Run(folder["chat.db"], FormerSchema.BackToVersion3);

        Assert.Equal(before, Counted());
        Assert.NotEqual(0, before.Mentions);

        (int Unread, int Mentions, long LastMessage) Counted()
        {
            using var database = SqliteDatabase.Open(folder["chat.db"], TimeProvider.System);
            var found = ReadStateStore.Find(database.Writer, new UserId(2), General)!;
            return (found.Unread, found.Mentions, found.LastMessageId);
        }
    }

    // A database with three users, and how many steps SQLite's machine has taken on its writing connection.
    private static SqliteDatabase Open(TempFolder folder, out Func<int> steps)
    {
        var database = SqliteDatabase.Open(folder["chat.db"], TimeProvider.System);
        for (var i = 1; i <= 3; i++)
            database.Writer.Execute($"INSERT INTO users(id, username, password_hash, created_at) VALUES({i}, 'user{i}', '', 0)");
        var taken = 0;
        SQLitePCL.raw.sqlite3_progress_handler(((SqliteDatabaseConnection)database.Writer).Handle, 1, _ => { taken++; return 0; }, null);
        steps = () => taken;
        return database;
    }

    private static void Say(SqliteDatabase database, UserId author, string content)
    {
        var db = database.Writer;
        var channel = ChannelAccess.Find(db, author, General)!;
        var meant = MentionStore.Meant(db, channel, author, content);
        database.Log.Append([new Draft(channel.Id, author, "message", content, null, meant, 1)], []);
    }
}
