using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>Reads the mirror.</summary>
internal sealed class MirrorReader(SqliteConnection connection)
{
    /// <summary>The state of the last time, without messages in memory: everybody is away, and nothing is connected.</summary>
    internal ChatState Load()
    {
        var meta = Read("SELECT key, value FROM meta", row => (Key: row.GetString(0), Value: row.GetString(1))).ToDictionary(m => m.Key, m => m.Value);
        var outbox = LoadOutbox();
        if (!meta.TryGetValue("epoch", out var epoch) || !meta.TryGetValue("user_id", out var userId) || !meta.TryGetValue("username", out var username))
            return ChatState.Empty with { Outbox = outbox };

        var held = Read("SELECT channel_id, first, last FROM held ORDER BY channel_id, first", row => (Id: row.GetInt64(0), Range: new NumberRange(row.GetInt64(1), row.GetInt64(2))))
            .ToLookup(row => new ChannelId(row.Id), row => row.Range);
        var logs = Read("SELECT channel_id, last_number, read_number, unread, mentions, as_of FROM logs",
            row => (Id: new ChannelId(row.GetInt64(0)), Last: row.GetInt64(1), Position: new ReadPosition(row.GetInt64(2), row.GetInt32(3), row.GetInt32(4)), AsOf: row.GetInt64(5)));
        return new ChatState
        {
            Epoch = epoch,
            User = new SelfState(new UserId(long.Parse(userId, System.Globalization.CultureInfo.InvariantCulture)), username),
            Channels = [.. Read("SELECT id, name, description FROM channels ORDER BY name", row => new Channel(new ChannelId(row.GetInt64(0)), row.GetString(1), row.GetString(2)))],
            // In an older file the place is a count from the front: so they keep their order, behind all that the server tells.
            Conversations = [.. Read("SELECT id, with_id, with_username, place FROM conversations ORDER BY place, id DESC",
                row => new Conversation(new ChannelId(row.GetInt64(0)), new UserId(row.GetInt64(1)), row.GetString(2), new MessageId(-row.GetInt64(3))))],
            Members = [.. Read("SELECT id, username FROM members", row => new Member(new UserId(row.GetInt64(0)), row.GetString(1), MemberStatus.Offline)).Order(Member.ByName)],
            Logs = logs.ToImmutableDictionary(log => log.Id, log => LogOf(log.Last, log.AsOf, [.. held[log.Id]])),
            ReadPositions = logs.ToImmutableDictionary(log => log.Id, log => log.Position),
            Outbox = outbox,
        };
    }

    /// <summary>Messages of a log, with what they quote, from one end of a range on; null where that end is not held.</summary>
    internal LogNews? ReadMessages(ChannelId id, NumberRange within, bool isFromEnd, int limit)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var end = isFromEnd ? within.Last : within.First;
        if (Read("SELECT first, last FROM held WHERE channel_id=$id AND first<=$end AND last>=$end", row => new NumberRange(row.GetInt64(0), row.GetInt64(1)), ("$id", id.Value), ("$end", end)) is not [var held])
            return null;
        var (first, last) = (Math.Max(within.First, held.First), Math.Min(within.Last, held.Last));
        var rows = Read(
            $"SELECT {MessageRows.Columns} FROM messages WHERE channel_id=$id AND quote=0 AND number BETWEEN $first AND $last ORDER BY number {(isFromEnd ? "DESC" : "ASC")} LIMIT $limit",
            MessageRows.Read,
            ("$id", id.Value), ("$first", first), ("$last", last), ("$limit", limit));
        if (rows.Count == limit)
            (first, last) = isFromEnd ? (rows[^1].Number, last) : (first, rows[^1].Number);
        var quotes = rows.Select(m => m.ReplyTo).OfType<MessageId>().Distinct().Except(rows.Select(m => m.Id))
            .SelectMany(quoted => Read($"SELECT {MessageRows.Columns} FROM messages WHERE message_id=$id", MessageRows.Read, ("$id", quoted.Value)))
            .Select(message => message.AsQuote());
        return new LogNews(id) { Messages = [.. rows, .. quotes], Covers = [new NumberRange(first, last)] };
    }

    /// <summary>The number of the first message of a time or later that is there to be read; null where there is none.</summary>
    internal long? FindNumber(ChannelId id, DateTimeOffset at) => Read(
        "SELECT number FROM messages WHERE channel_id=$id AND at>=$at AND quote=0 AND deleted=0 ORDER BY number LIMIT 1",
        row => (long?)row.GetInt64(0),
        ("$id", id.Value),
        ("$at", WireTime.ToMicroseconds(at))).FirstOrDefault();

    private ImmutableDictionary<ChannelId, ImmutableArray<OutboxEntry>> LoadOutbox() =>
        Read(OutboxRows.Select, OutboxRows.Read).GroupBy(entry => entry.ChannelId).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());

    // The messages of a log may have been written a moment before its last number.
    private static RoomLog LogOf(long lastNumber, long asOf, ImmutableArray<NumberRange> held)
    {
        var last = held is [.., var latest] ? Math.Max(lastNumber, latest.Last) : lastNumber;
        return new RoomLog(last, []) { Held = held, AsOf = asOf, IsBehind = !held.IsEmpty && asOf < last };
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, long Value)[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }
}
