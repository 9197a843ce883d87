using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>What was told of one log and is to be written, with how far all of it is true then.</summary>
internal sealed record UpdateToSave(string? Epoch, LogUpdate Update, long AsOf, long Revision);

/// <summary>Writes what has changed between the state that the file holds and the state now. Owned by one loop.</summary>
internal sealed class MirrorWriter(SqliteConnection connection, ChatState held)
{
    private readonly Statements _sql = new(connection);
    private readonly LogWriter _logs = new(connection, held);
    private readonly Dictionary<string, string?> _outbox = held.Outbox.Values.SelectMany(m => m).ToDictionary(m => m.Nonce, m => m.Failure);
    private ChatState _held = held;
    private KnownMembers? _heldMembers;

    /// <summary>Writes it all in one transaction; when it returns, it is synced to disk.</summary>
    /// <param name="state">The state now; at least as new as the updates.</param>
    /// <param name="members">Who there is; null where that is not known yet.</param>
    /// <param name="updates">What was told of logs since the last time.</param>
    /// <param name="entries">What is new in the outbox.</param>
    /// <param name="lost">Logs of which something was not written before: what is held of them is not true any more.</param>
    internal void Write(ChatState state, KnownMembers? members, IEnumerable<UpdateToSave> updates, IReadOnlyList<OutboxEntry> entries, IReadOnlyCollection<ChannelId> lost)
    {
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            _sql.Transaction = transaction;
            if (state.User is not null && (state.Epoch != _held.Epoch || state.User != _held.User))
                StartOver(state);
            WriteRooms(state);
            if (members is not null)
                WriteMembers(members);
            WritePositions(state);
            foreach (var id in lost)
                _logs.Forget(transaction, id);
            foreach (var told in updates.Where(told => told.Epoch == state.Epoch && state.Logs.ContainsKey(told.Update.ChannelId)))
                _logs.Write(transaction, told, state.User?.Id);
            WriteOutbox(state);
            foreach (var entry in entries)
                Add(entry);
            transaction.Commit();
        }

        (_held, _heldMembers) = (state, members ?? _heldMembers);
        _logs.ForgetForGood();
    }

    private void StartOver(ChatState state)
    {
        foreach (var table in (ReadOnlySpan<string>)["meta", "channels", "conversations", "members", "logs", "held", "messages"])
            _sql.Run($"DELETE FROM {table}");
        _sql.Run("INSERT INTO meta VALUES('epoch', $1), ('user_id', $2), ('username', $3)",
            state.Epoch ?? "", state.User?.Id.Value.ToString(CultureInfo.InvariantCulture) ?? "", state.User?.Username ?? "");
        _logs.Clear();
        (_held, _heldMembers) = (ChatState.Empty, null);
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

    // Only who is new or has another name, unless somebody has gone for good: people come and go all the time, and on a large server there are many.
    private void WriteMembers(KnownMembers members)
    {
        if (ReferenceEquals(members, _heldMembers))
            return;
        if (_heldMembers is null || members.Count < _heldMembers.Count)
        {
            _sql.Run("DELETE FROM members");
            _heldMembers = KnownMembers.Empty;
        }

        foreach (var member in members.InOrder)
        {
            if (_heldMembers.Of(member.Id)?.Username != member.Username)
                _sql.Run("INSERT OR REPLACE INTO members VALUES($1, $2)", member.Id.Value, member.Username);
        }
    }

    private void WritePositions(ChatState state)
    {
        foreach (var (id, log) in state.Logs)
        {
            var position = state.ReadPositionOf(id);
            if (!_held.Logs.TryGetValue(id, out var known) || known.LastNumber != log.LastNumber || _held.ReadPositionOf(id) != position)
            {
                _sql.Run(
                    """
                    INSERT INTO logs(channel_id, last_number, read_number, unread, mentions) VALUES($1, $2, $3, $4, $5)
                    ON CONFLICT(channel_id) DO UPDATE SET last_number=$2, read_number=$3, unread=$4, mentions=$5
                    """,
                    id.Value, log.LastNumber, position.Number, position.Unread, position.Mentions);
            }
        }

        if (state.Logs == _held.Logs)
            return;
        foreach (var id in _held.Logs.Keys.Where(id => !state.Logs.ContainsKey(id)))
        {
            _sql.Run("DELETE FROM logs WHERE channel_id=$1", id.Value);
            _logs.Forget(_sql.Transaction, id);
        }
    }

    // Only what this writer knows of: another process with the same profile has messages of its own here.
    private void WriteOutbox(ChatState state)
    {
        if (state.Outbox == _held.Outbox && _outbox.Count == 0)
            return;
        var waiting = state.Outbox.Values.SelectMany(m => m).Where(m => m.State != PendingState.Acknowledged).ToDictionary(m => m.Nonce);
        foreach (var (nonce, failure) in _outbox.ToList())
        {
            if (!waiting.TryGetValue(nonce, out var entry))
            {
                _sql.Run("DELETE FROM outbox WHERE nonce=$1", nonce);
                _outbox.Remove(nonce);
            }
            else if (entry.Failure != failure)
            {
                _sql.Run("UPDATE outbox SET failure=$2 WHERE nonce=$1", nonce, entry.Failure);
                _outbox[nonce] = entry.Failure;
            }
        }
    }

    private void Add(OutboxEntry entry)
    {
        _sql.Run(OutboxRows.Put, OutboxRows.Values(entry));
        _outbox[entry.Nonce] = entry.Failure;
    }
}
