using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>Events of one log that are to be written.</summary>
internal sealed record EventsToKeep(string? Epoch, ChannelId ChannelId, IReadOnlyList<ChannelEvent> Events);

/// <summary>Writes what has changed between the state that the file holds and the state now. Owned by one loop.</summary>
internal sealed class MirrorWriter(SqliteConnection connection, ChatState held)
{
    private readonly Statements _sql = new(connection);
    private readonly Dictionary<string, string?> _outbox = held.Pending.Values.SelectMany(m => m).ToDictionary(m => m.Nonce, m => m.Failure);
    private readonly Dictionary<ChannelId, ImmutableArray<NumberRange>> _ranges = held.Logs.ToDictionary(log => log.Key, log => log.Value.Held);
    private ChatState _held = held;

    /// <summary>Writes it all in one transaction; when it returns, it is synced to disk.</summary>
    internal void Write(ChatState state, IEnumerable<EventsToKeep> events, IReadOnlyList<PendingMessage> messages)
    {
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            _sql.Transaction = transaction;
            if (state.User is not null && (state.Epoch != _held.Epoch || state.User != _held.User))
                StartOver(state);
            WriteRooms(state);
            WritePeople(state);
            WriteLogs(state);
            foreach (var page in events.Where(page => page.Epoch == state.Epoch && state.Logs.ContainsKey(page.ChannelId)))
                WriteEvents(page.ChannelId, page.Events);
            WriteOutbox(state);
            foreach (var message in messages)
                Add(message);
            transaction.Commit();
        }

        _held = state;
    }

    private void StartOver(ChatState state)
    {
        foreach (var table in (ReadOnlySpan<string>)["meta", "channels", "conversations", "members", "logs", "held", "events"])
            _sql.Run($"DELETE FROM {table}");
        _sql.Run("INSERT INTO meta VALUES('epoch', $1), ('user_id', $2), ('username', $3)",
            state.Epoch ?? "", state.User?.Id.Value.ToString(CultureInfo.InvariantCulture) ?? "", state.User?.Username ?? "");
        _ranges.Clear();
        _held = ChatState.Empty;
    }

    private void WriteRooms(ChatState state)
    {
        if (state.Channels != _held.Channels)
        {
            _sql.Run("DELETE FROM channels");
            foreach (var channel in state.Channels)
                _sql.Run("INSERT INTO channels VALUES($1, $2, $3)", channel.Id.Value, channel.Name, channel.Description);
        }

        if (state.Conversations != _held.Conversations)
        {
            _sql.Run("DELETE FROM conversations");
            foreach (var conversation in state.Conversations)
                _sql.Run("INSERT INTO conversations VALUES($1, $2, $3, $4)", conversation.Id.Value, -conversation.LastMessageId.Value, conversation.WithId.Value, conversation.WithUsername);
        }
    }

    // Who comes and goes is of no use without a connection; who there is, is.
    private void WritePeople(ChatState state)
    {
        if (state.Members == _held.Members || state.Members.Select(m => (m.Id, m.Username)).SequenceEqual(_held.Members.Select(m => (m.Id, m.Username))))
            return;
        _sql.Run("DELETE FROM members");
        foreach (var member in state.Members)
            _sql.Run("INSERT INTO members VALUES($1, $2)", member.Id.Value, member.Username);
    }

    private void WriteLogs(ChatState state)
    {
        foreach (var (id, log) in state.Logs)
        {
            var position = state.ReadPositionOf(id);
            if (!_held.Logs.TryGetValue(id, out var known) || known.LastNumber != log.LastNumber || _held.ReadPositionOf(id) != position)
                _sql.Run("INSERT OR REPLACE INTO logs VALUES($1, $2, $3, $4, $5)", id.Value, log.LastNumber, position.Number, position.Unread, position.Mentions);
        }

        if (state.Logs == _held.Logs)
            return;
        foreach (var id in _held.Logs.Keys.Where(id => !state.Logs.ContainsKey(id)))
        {
            foreach (var table in (ReadOnlySpan<string>)["logs", "held", "events"])
                _sql.Run($"DELETE FROM {table} WHERE channel_id=$1", id.Value);
            _ranges.Remove(id);
        }
    }

    // The ranges change with their events, in one transaction: what they claim is there.
    private void WriteEvents(ChannelId id, IReadOnlyList<ChannelEvent> events)
    {
        var before = _ranges.GetValueOrDefault(id, []);
        var ranges = before;
        foreach (var e in events)
        {
            _sql.Run("INSERT OR REPLACE INTO events(channel_id, number, kind, message_id, author_id, author, content, at, mentions) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                id.Value, e.Number, e.Kind, e.MessageId.Value, e.AuthorId.Value, e.Author, e.Content, WireTime.ToMicroseconds(e.Timestamp), e.Mentions?.ToString());
            ranges = NumberRanges.Add(ranges, e.Number, e.Number);
        }

        if (ranges == before)
            return;
        _sql.Run("DELETE FROM held WHERE channel_id=$1", id.Value);
        foreach (var range in ranges)
            _sql.Run("INSERT INTO held VALUES($1, $2, $3)", id.Value, range.First, range.Last);
        _ranges[id] = ranges;
    }

    // Only what this writer knows of: another process with the same profile has messages of its own here.
    private void WriteOutbox(ChatState state)
    {
        if (state.Pending == _held.Pending && _outbox.Count == 0)
            return;
        var waiting = state.Pending.Values.SelectMany(m => m).Where(m => m.State != PendingState.Said).ToDictionary(m => m.Nonce);
        foreach (var (nonce, failure) in _outbox.ToList())
        {
            if (!waiting.TryGetValue(nonce, out var message))
            {
                _sql.Run("DELETE FROM outbox WHERE nonce=$1", nonce);
                _outbox.Remove(nonce);
            }
            else if (message.Failure != failure)
            {
                _sql.Run("UPDATE outbox SET failure=$2 WHERE nonce=$1", nonce, message.Failure);
                _outbox[nonce] = message.Failure;
            }
        }
    }

    private void Add(PendingMessage message)
    {
        _sql.Run("INSERT OR IGNORE INTO outbox(nonce, channel_id, kind, content, written_at, failure) VALUES($1, $2, $3, $4, $5, $6)",
            message.Nonce, message.ChannelId.Value, message.Kind == MessageKind.Action ? EventKind.Action : EventKind.Message, message.Content,
            WireTime.ToMicroseconds(message.WrittenAt), message.Failure);
        _outbox[message.Nonce] = message.Failure;
    }
}
