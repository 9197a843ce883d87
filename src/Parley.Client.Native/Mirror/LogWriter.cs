using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>Writes what was told of logs: messages, what they quote, and the ranges that are held. Owned by one loop.</summary>
internal sealed class LogWriter(SqliteConnection connection, ChatState held)
{
    private readonly Statements _sql = new(connection);
    private readonly Dictionary<ChannelId, ImmutableArray<NumberRange>> _ranges = held.Logs.ToDictionary(log => log.Key, log => log.Value.Held);
    private bool _hasForgotten;

    /// <summary>The ranges change with their messages, and with the number as of which they are true, in one transaction: what they claim is so.</summary>
    internal void Write(SqliteTransaction transaction, UpdateToSave told, UserId? self)
    {
        _sql.Transaction = transaction;
        var (update, id) = (told.Update, told.Update.ChannelId);
        var before = _ranges.GetValueOrDefault(id, []);
        var ranges = update.Covers.Aggregate(before, (known, range) => NumberRanges.Add(known, range.First, range.Last));
        var quoted = new HashSet<MessageId>();
        foreach (var message in update.Messages.Where(m => !m.IsQuote))
            PutRow(id, message, before, ranges, quoted);
        foreach (var quote in update.Messages)
            PutQuote(id, quote, quoted);
        if (update.Change is { } change)
            Fold(id, change, self);
        if (ranges != before)
            WriteRanges(id, ranges);
        _sql.Run("INSERT INTO logs(channel_id, last_number, read_number, unread, mentions, as_of) VALUES($1, 0, 0, 0, 0, $2) ON CONFLICT(channel_id) DO UPDATE SET as_of=$2", id.Value, told.AsOf);
    }

    /// <summary>Nothing of a log is held any more.</summary>
    internal void Forget(SqliteTransaction? transaction, ChannelId id)
    {
        _sql.Transaction = transaction;
        _sql.Run("DELETE FROM messages WHERE channel_id=$1", id.Value);
        _sql.Run("DELETE FROM held WHERE channel_id=$1", id.Value);
        _ranges.Remove(id);
        _hasForgotten = true;
    }

    /// <summary>Nothing is held at all.</summary>
    internal void Clear()
    {
        _ranges.Clear();
        _hasForgotten = true;
    }

    /// <summary>
    /// After a transaction in which words were taken back: they leave the write-ahead log, too, unless somebody is reading just now. Then the next time.
    /// </summary>
    internal void ForgetForGood()
    {
        if (!_hasForgotten)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var result = command.ExecuteReader();
        _hasForgotten = result.Read() && result.GetInt64(0) != 0;
    }

    private void PutRow(ChannelId id, Message message, ImmutableArray<NumberRange> before, ImmutableArray<NumberRange> ranges, HashSet<MessageId> quoted)
    {
        if (NumberRanges.Find(ranges, message.Number) is null)
            return;
        if (message.ReplyTo is { } answered)
            quoted.Add(answered);
        _hasForgotten |= (message.IsDeleted || message.Edited is not null) && (NumberRanges.Find(before, message.Number) is not null || Find(message.Id) is not null);
        _sql.Run(MessageRows.Put, MessageRows.Values(id, message));
    }

    // What only a reply tells of is kept where that reply is, or where it was known before; a row knows more.
    private void PutQuote(ChannelId id, Message told, HashSet<MessageId> quoted)
    {
        var known = Find(told.Id);
        if (known is { IsQuote: false } || (known is null && !quoted.Contains(told.Id)) || known == told.AsQuote())
            return;
        _hasForgotten |= known is not null && known.Content != told.AsQuote().Content;
        _sql.Run(MessageRows.Put, MessageRows.Values(id, told.AsQuote()));
    }

    private void Fold(ChannelId id, ChannelEvent change, UserId? self)
    {
        if (Find(change.MessageId) is not { } known || known.After(change, self) is not { } after || ReferenceEquals(after, known))
            return;
        _hasForgotten |= after.Content != known.Content;
        _sql.Run(MessageRows.Put, MessageRows.Values(id, after));
    }

    private Message? Find(MessageId id)
    {
        using var command = connection.CreateCommand();
        command.Transaction = _sql.Transaction;
        command.CommandText = $"SELECT {MessageRows.Columns} FROM messages WHERE message_id=$id";
        command.Parameters.AddWithValue("$id", id.Value);
        using var row = command.ExecuteReader();
        return row.Read() ? MessageRows.Read(row) : null;
    }

    private void WriteRanges(ChannelId id, ImmutableArray<NumberRange> ranges)
    {
        _sql.Run("DELETE FROM held WHERE channel_id=$1", id.Value);
        foreach (var range in ranges)
            _sql.Run("INSERT INTO held VALUES($1, $2, $3)", id.Value, range.First, range.Last);
        _ranges[id] = ranges;
    }
}
