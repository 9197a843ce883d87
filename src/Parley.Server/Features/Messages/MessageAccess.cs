using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>The one way to a message by its id: for somebody, through the channel that it was said in.</summary>
internal static class MessageAccess
{
    private const string ById = "SELECT channel_id, number, user_id, content, changed, edited, deleted_at FROM messages WHERE id = @id";

    private const string AsTold = $"{HistoryRows.Columns} WHERE e.channel_id = @channel AND e.number = @number";

    /// <summary>A message; null where there is none that the viewer may see.</summary>
    public static StoredMessage? Find(DatabaseConnection db, UserId viewer, MessageId? id)
    {
        if (id is not { } known)
            return null;
        var found = db.Prepare(ById).Set("@id", known.Value).First(r => Tuple.Create(
            new ChannelId(r.Integer(0)),
            r.Integer(1),
            new UserId(r.Integer(2)),
            r.Text(3),
            r.IsNull(4) ? (long?)null : r.Integer(4),
            r.IsNull(5) ? (long?)null : r.Integer(5),
            !r.IsNull(6)));
        return found is not null && ChannelAccess.Find(db, viewer, found.Item1) is { } channel
            ? new StoredMessage(known, channel, found.Item2, found.Item3, found.Item4, found.Item5, found.Item6, found.Item7)
            : null;
    }

    /// <summary>The same as it is told.</summary>
    public static ChannelEvent Told(DatabaseConnection db, UserId viewer, StoredMessage message)
    {
        var told = db.Prepare(AsTold).Set("@channel", message.Channel.Id.Value).Set("@number", message.Number).All(HistoryRows.Read);
        return HistoryRows.Complete(db, message.Channel.Id, viewer, told).Single();
    }

    /// <summary>What a reply to a message quotes of it; null where there is no such message in that channel.</summary>
    public static QuotedMessage? Quote(DatabaseConnection db, ChannelId channel, MessageId id) =>
        db.Prepare("""
                SELECT o.number, o.user_id, w.username, substr(o.content, 1, 100), o.deleted_at FROM messages o JOIN users w ON w.id = o.user_id
                WHERE o.id = @id AND o.channel_id = @channel
                """)
            .Set("@id", id.Value)
            .Set("@channel", channel.Value)
            .First(r => new QuotedMessage(id, r.Integer(0), new UserId(r.Integer(1)), r.Text(2), r.Text(3)) { Deleted = r.IsNull(4) ? null : true });
}
