using Parley.Protocol.Wire;
using Parley.Server.Features.Messages;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Tests.Storage;

public sealed class MessageStoreTests
{
    [Theory]
    [InlineData(10, 20, 30, 40, 50)]
    [InlineData(10, 20, 30, 15, 25, 35, 45)] // Set back by a little, and on from there.
    [InlineData(10, 20, 9_000, 9_010, 30, 40, 50, 60)] // In the far future for a while.
    [InlineData(50, 40, 30, 20, 10)]
    [InlineData(7, 7, 7)]
    public void However_the_clock_went_a_page_from_a_time_starts_where_the_log_goes_past_it(params int[] times)
    {
        using var folder = new TempFolder();
        using var database = SqliteDatabase.Open(folder["chat.db"], TimeProvider.System);
        var channel = new ChannelId(1);
        foreach (var (number, at) in times.Index())
        {
            database.Writer.Execute($"INSERT INTO users(id, username, password_hash, created_at) VALUES({100 + number}, 'u{number}', '', 0)");
            database.Writer.Execute($"INSERT INTO events(channel_id, number, kind, actor_id, at) VALUES(1, {number + 1}, 'message', {100 + number}, {at})");
        }

        foreach (var wanted in times.Prepend(0).Append(99_999))
        {
            var last = MessageStore.LastBefore(database.Writer, channel, wanted, times.Length);

            Assert.InRange(last, 0, times.Length);
            Assert.True(last == 0 || times[last - 1] < wanted);
            Assert.True(last == times.Length || times[last] >= wanted);
        }
    }
}
