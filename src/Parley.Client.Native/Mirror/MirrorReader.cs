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
    /// <summary>The state of the last time, without events in memory: everybody is away, and nothing is connected.</summary>
    internal ChatState Load()
    {
        var meta = Read("SELECT key, value FROM meta", row => (Key: row.GetString(0), Value: row.GetString(1))).ToDictionary(m => m.Key, m => m.Value);
        var pending = LoadOutbox();
        if (!meta.TryGetValue("epoch", out var epoch) || !meta.TryGetValue("user_id", out var userId) || !meta.TryGetValue("username", out var username))
            return ChatState.Empty with { Pending = pending };

        var held = Read("SELECT channel_id, first, last FROM held ORDER BY channel_id, first", row => (Id: row.GetInt64(0), Range: new NumberRange(row.GetInt64(1), row.GetInt64(2))))
            .ToLookup(row => new ChannelId(row.Id), row => row.Range);
        var logs = Read("SELECT channel_id, last_number, read_number, unread, mentions FROM logs",
            row => (Id: new ChannelId(row.GetInt64(0)), Last: row.GetInt64(1), Position: new ReadPosition(row.GetInt64(2), row.GetInt32(3), row.GetInt32(4))));
        return new ChatState
        {
            Epoch = epoch,
            User = new SelfState(new UserId(long.Parse(userId, System.Globalization.CultureInfo.InvariantCulture)), username),
            Channels = [.. Read("SELECT id, name, description FROM channels ORDER BY name", row => new Channel(new ChannelId(row.GetInt64(0)), row.GetString(1), row.GetString(2)))],
            // In an older file the place is a count from the front: so they keep their order, behind all that the server tells.
            Conversations = [.. Read("SELECT id, with_id, with_username, place FROM conversations ORDER BY place, id DESC",
                row => new Conversation(new ChannelId(row.GetInt64(0)), new UserId(row.GetInt64(1)), row.GetString(2), new MessageId(-row.GetInt64(3))))],
            Members = [.. Read("SELECT id, username FROM members", row => new Member(new UserId(row.GetInt64(0)), row.GetString(1), MemberStatus.Offline)).Order(Member.ByName)],
            Logs = logs.ToImmutableDictionary(log => log.Id, log => LogOf(log.Last, [.. held[log.Id]])),
            ReadPositions = logs.ToImmutableDictionary(log => log.Id, log => log.Position),
            Pending = pending,
        };
    }

    /// <summary>The events of a log between two numbers, both included, as far as they are held.</summary>
    internal IReadOnlyList<ChannelEvent> ReadEvents(ChannelId id, long first, long last) => Read(
        "SELECT number, kind, message_id, author_id, author, content, at, mentions FROM events WHERE channel_id=$id AND number BETWEEN $first AND $last ORDER BY number",
        row => new ChannelEvent(row.GetInt64(0), row.GetString(1), new MessageId(row.GetInt64(2)), new UserId(row.GetInt64(3)), row.GetString(4), row.GetString(5),
            WireTime.FromMicroseconds(row.GetInt64(6)), row.IsDBNull(7) ? null : UserIds.Parse(row.GetString(7))),
        ("$id", id.Value),
        ("$first", first),
        ("$last", last));

    /// <summary>The number of the first event of a time or later; null where there is none.</summary>
    internal long? FindNumber(ChannelId id, DateTimeOffset at) => Read(
        "SELECT number FROM events WHERE channel_id=$id AND at>=$at ORDER BY number LIMIT 1",
        row => (long?)row.GetInt64(0),
        ("$id", id.Value),
        ("$at", WireTime.ToMicroseconds(at))).FirstOrDefault();

    private ImmutableDictionary<ChannelId, ImmutableArray<PendingMessage>> LoadOutbox() =>
        Read("SELECT nonce, channel_id, kind, content, written_at, failure FROM outbox ORDER BY id", ReadPending)
            .GroupBy(message => message.ChannelId)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());

    private static PendingMessage ReadPending(SqliteDataReader row)
    {
        var failure = row.IsDBNull(5) ? null : row.GetString(5);
        return new PendingMessage(
            row.GetString(0),
            new ChannelId(row.GetInt64(1)),
            row.GetString(2) == EventKind.Action ? MessageKind.Action : MessageKind.Message,
            row.GetString(3),
            WireTime.FromMicroseconds(row.GetInt64(4)),
            failure is null ? PendingState.Sending : PendingState.Failed,
            Failure: failure);
    }

    // The events of a log may have been written a moment before its last number.
    private static ChannelLog LogOf(long lastNumber, ImmutableArray<NumberRange> held) =>
        new(held is [.., var latest] ? Math.Max(lastNumber, latest.Last) : lastNumber, []) { Held = held };

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
