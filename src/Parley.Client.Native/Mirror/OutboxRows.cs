using Microsoft.Data.Sqlite;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>What waits to be said or changed, as rows of the table <c>outbox</c>.</summary>
internal static class OutboxRows
{
    internal const string Select = "SELECT nonce, channel_id, kind, content, written_at, failure, message_id, base FROM outbox ORDER BY id";

    internal const string Put =
        "INSERT OR IGNORE INTO outbox(nonce, channel_id, kind, content, written_at, failure, message_id, base) VALUES($1, $2, $3, $4, $5, $6, $7, $8)";

    internal static OutboxEntry Read(SqliteDataReader row)
    {
        var (nonce, room, kind, content) = (row.GetString(0), new ChannelId(row.GetInt64(1)), row.GetString(2), row.GetString(3));
        var writtenAt = WireTime.FromMicroseconds(row.GetInt64(4));
        var failure = row.IsDBNull(5) ? null : row.GetString(5);
        var state = failure is null ? PendingState.Sending : PendingState.Failed;
        MessageId? message = row.IsDBNull(6) ? null : new MessageId(row.GetInt64(6));
        return ChangeOf(kind) is { } change && message is { } changed
            ? new PendingChange(nonce, room, changed, change, content, writtenAt, row.IsDBNull(7) ? null : row.GetInt64(7), state, Failure: failure)
            : new PendingMessage(nonce, room, kind == EventKind.Action ? MessageKind.Action : MessageKind.Message, content, writtenAt, state, Failure: failure) { ReplyTo = message };
    }

    internal static object?[] Values(OutboxEntry entry) => entry switch
    {
        PendingChange c => [c.Nonce, c.ChannelId.Value, KindOf(c.Kind), c.Text, WireTime.ToMicroseconds(c.WrittenAt), c.Failure, c.MessageId.Value, c.Base],
        PendingMessage m =>
        [
            m.Nonce, m.ChannelId.Value, m.Kind == MessageKind.Action ? EventKind.Action : EventKind.Message, m.Content, WireTime.ToMicroseconds(m.WrittenAt), m.Failure,
            m.ReplyTo?.Value, null,
        ],
        _ => throw new NotSupportedException($"No way to keep {entry}."),
    };

    private static string KindOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Edit => EventKind.Edit,
        ChangeKind.Delete => EventKind.Delete,
        ChangeKind.AddReaction => EventKind.ReactionAdd,
        _ => EventKind.ReactionRemove,
    };

    private static ChangeKind? ChangeOf(string kind) => kind switch
    {
        EventKind.Edit => ChangeKind.Edit,
        EventKind.Delete => ChangeKind.Delete,
        EventKind.ReactionAdd => ChangeKind.AddReaction,
        EventKind.ReactionRemove => ChangeKind.RemoveReaction,
        _ => null,
    };
}
