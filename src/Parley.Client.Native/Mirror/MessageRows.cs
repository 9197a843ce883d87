using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>Messages as rows of the table <c>messages</c>: those of the log, and as quotes those that only stand in a reply.</summary>
internal static class MessageRows
{
    /// <summary>The columns, in the order of <see cref="Read"/> and <see cref="Values"/>; the room's id stands before them.</summary>
    internal const string Columns = "number, message_id, kind, author_id, author, content, at, mentions, changed, edited_at, edited, deleted, reply_to, reactions, quote";

    /// <summary>Puts one in, over whatever stands there.</summary>
    internal const string Put = $"INSERT OR REPLACE INTO messages(channel_id, {Columns}) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    internal static Message Read(SqliteDataReader row) => new(
        new MessageId(row.GetInt64(1)),
        row.GetInt64(0),
        row.GetString(2) == EventKind.Action ? MessageKind.Action : MessageKind.Message,
        new UserId(row.GetInt64(3)),
        row.GetString(4),
        row.GetString(5),
        WireTime.FromMicroseconds(row.GetInt64(6)))
    {
        Mentions = row.IsDBNull(7) ? null : UserIds.Parse(row.GetString(7)),
        Changed = row.GetInt64(8),
        EditedAt = row.IsDBNull(9) ? null : WireTime.FromMicroseconds(row.GetInt64(9)),
        Edited = row.IsDBNull(10) ? null : row.GetInt64(10),
        IsDeleted = row.GetInt64(11) != 0,
        ReplyTo = row.IsDBNull(12) ? null : new MessageId(row.GetInt64(12)),
        Reactions = row.IsDBNull(13) ? Reactions.None : Reactions.FromWire(JsonSerializer.Deserialize(row.GetString(13), ProtocolJson.Default.IReadOnlyListReactionCount)),
        IsQuote = row.GetInt64(14) != 0,
    };

    internal static object?[] Values(ChannelId room, Message m) =>
    [
        room.Value, m.Number, m.Id.Value, m.Kind == MessageKind.Action ? EventKind.Action : EventKind.Message, m.AuthorId.Value, m.Author, m.Content,
        m.IsQuote ? 0L : WireTime.ToMicroseconds(m.Timestamp), m.Mentions?.ToString(), m.Changed, m.EditedAt is { } at ? WireTime.ToMicroseconds(at) : null, m.Edited,
        m.IsDeleted ? 1L : 0L, m.ReplyTo?.Value, TextOf(m.Reactions), m.IsQuote ? 1L : 0L,
    ];

    private static string? TextOf(Reactions reactions) => reactions.All.IsEmpty
        ? null
        : JsonSerializer.Serialize<IReadOnlyList<ReactionCount>>(
            [.. reactions.All.Select(r => new ReactionCount(r.Emoji, r.Count, r.IsMine))], ProtocolJson.Default.IReadOnlyListReactionCount);
}
