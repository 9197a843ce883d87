using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Mentions;
using Parley.Server.Features.Reactions;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>Entries of a log as they are told: a message as it is now, a change without words.</summary>
internal static class HistoryRows
{
    /// <summary>What <see cref="Read"/> needs, of the log <c>e</c>.</summary>
    public const string Columns = $"{Told} FROM events e {Joined}";

    /// <summary>The same of messages, each beside the events <c>x</c> that touched it.</summary>
    public const string ColumnsOfMessages = $"""
        {Told} FROM events x JOIN messages m0 ON m0.id = x.message_id JOIN events e ON e.channel_id = m0.channel_id AND e.number = m0.number {Joined}
        """;

    private const string Told = """
        SELECT e.number, e.kind, e.message_id, e.actor_id, u.username, m.content, e.at, e.body,
            m.number, m.changed, m.edited, m.edited_at, m.deleted_at, m.mentions, o.id, o.number, o.user_id, w.username, substr(o.content, 1, 100), o.deleted_at
        """;

    private const string Joined = """
        JOIN users u ON u.id = e.actor_id LEFT JOIN messages m ON m.id = e.message_id
            LEFT JOIN messages o ON o.id = m.reply_to LEFT JOIN users w ON w.id = o.user_id
        """;

    /// <summary>Adds what stands in other tables: whom they mean, how people reacted.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="channel">Whose log it is.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="page">What was read; the numbers may be in any order.</param>
    public static List<ChannelEvent> Complete(DatabaseConnection db, ChannelId channel, UserId viewer, List<ChannelEvent> page) =>
        ReactionStore.AddTo(db, viewer, MentionStore.AddTo(db, channel, page));

    public static ChannelEvent Read(Row r)
    {
        var kind = r.Text(1);
        var told = new ChannelEvent(
            r.Integer(0), kind, new MessageId(r.IsNull(2) ? 0 : r.Integer(2)), new UserId(r.Integer(3)), r.Text(4), "", WireTime.FromMicroseconds(r.Integer(6)));
        if (!EventKind.IsSaid(kind))
            return r.IsNull(7) ? told : told with { Emoji = r.Text(7) };
        return told with
        {
            Content = r.IsNull(5) ? "" : r.Text(5),
            Changed = r.IsNull(9) ? null : r.Integer(9),
            Edited = r.IsNull(10) ? null : r.Integer(10),
            EditedAt = r.IsNull(11) ? null : WireTime.FromMicroseconds(r.Integer(11)),
            Deleted = r.IsNull(12) ? null : true,
            Mentions = r.IsNull(13) ? null : UserIds.Parse(r.Text(13)),
            ReplyTo = r.IsNull(14) ? null : Quote(r),
        };
    }

    private static QuotedMessage Quote(Row r) =>
        new(new MessageId(r.Integer(14)), r.Integer(15), new UserId(r.Integer(16)), r.Text(17), r.Text(18)) { Deleted = r.IsNull(19) ? null : true };
}
