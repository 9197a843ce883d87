using System.Data.Common;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>A message's place: what its acknowledgement says.</summary>
internal sealed record MessagePlace(ChannelId Channel, long Number, MessageId Id, long At);

/// <summary>The log and what the messages in it say.</summary>
internal static class MessageStore
{
    private const int LevelOneHistory = 50;

    private const string EventColumns = """
        SELECT e.number, e.kind, e.message_id, e.actor_id, u.username, m.content, e.at
        FROM events e JOIN users u ON u.id = e.actor_id LEFT JOIN messages m ON m.id = e.message_id
        """;

    /// <summary>Appends a message to its channel's log; null where its author used the nonce before, and then the caller has it undone.</summary>
    public static MessagePlace? Append(StoreConnection store, ChannelId channel, UserId author, string kind, string content, string? nonce, long at)
    {
        var number = store.Prepare("UPDATE channels SET last_number = last_number + 1 WHERE id = @channel RETURNING last_number")
            .Set("@channel", channel.Value)
            .Integer() ?? throw new InvalidOperationException("The channel is gone.");
        var id = store.Prepare("""
                INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number, nonce)
                VALUES(@channel, @author, @content, @kind, @at, @number, @nonce) ON CONFLICT DO NOTHING RETURNING id
                """)
            .Set("@channel", channel.Value)
            .Set("@author", author.Value)
            .Set("@content", content)
            .Set("@kind", kind)
            .Set("@at", at)
            .Set("@number", number)
            .Set("@nonce", nonce)
            .Integer();
        if (id is not { } messageId)
            return null;
        store.Prepare("INSERT INTO events(channel_id, number, kind, message_id, actor_id, at) VALUES(@channel, @number, @kind, @message, @actor, @at)")
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@kind", kind)
            .Set("@message", messageId)
            .Set("@actor", author.Value)
            .Set("@at", at)
            .Execute();
        return new MessagePlace(channel, number, new MessageId(messageId), at);
    }

    /// <summary>The message that its author sent with this nonce before.</summary>
    public static MessagePlace? FindByNonce(StoreConnection store, UserId author, string nonce) =>
        store.Prepare("SELECT channel_id, number, id, created_at FROM messages WHERE user_id = @author AND nonce = @nonce")
            .Set("@author", author.Value)
            .Set("@nonce", nonce)
            .First(r => new MessagePlace(new ChannelId(r.GetInt64(0)), r.GetInt64(1), new MessageId(r.GetInt64(2)), r.GetInt64(3)));

    public static long LastNumber(StoreConnection store, ChannelId channel) =>
        store.Prepare("SELECT last_number FROM channels WHERE id = @channel").Set("@channel", channel.Value).Integer() ?? 0;

    /// <summary>Events above a number, oldest first.</summary>
    public static List<ChannelEvent> After(StoreConnection store, ChannelId channel, long number, int limit) =>
        store.Prepare($"{EventColumns} WHERE e.channel_id = @channel AND e.number > @number ORDER BY e.number LIMIT @limit")
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@limit", limit)
            .All(Event);

    /// <summary>The events just below a number, newest first.</summary>
    public static List<ChannelEvent> Before(StoreConnection store, ChannelId channel, long number, int limit) =>
        store.Prepare($"{EventColumns} WHERE e.channel_id = @channel AND e.number < @number ORDER BY e.number DESC LIMIT @limit")
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@limit", limit)
            .All(Event);

    /// <summary>Level 1: the last 50 messages, oldest first.</summary>
    public static List<HistoryEntry> Latest(StoreConnection store, ChannelId channel)
    {
        var latest = store.Prepare($"{EventColumns} WHERE e.channel_id = @channel AND e.kind IN ('message', 'action') ORDER BY e.number DESC LIMIT @limit")
            .Set("@channel", channel.Value)
            .Set("@limit", LevelOneHistory)
            .All(Event);
        var fitting = FrameBudget.Take(latest);
        fitting.Reverse();
        return fitting.ConvertAll(e => new HistoryEntry(e.Author, e.Content, e.Timestamp, e.Kind, e.MessageId));
    }

    private static ChannelEvent Event(DbDataReader r) => new(
        r.GetInt64(0),
        r.GetString(1),
        new MessageId(r.IsDBNull(2) ? 0 : r.GetInt64(2)),
        new UserId(r.GetInt64(3)),
        r.GetString(4),
        r.IsDBNull(5) ? "" : r.GetString(5),
        WireTime.FromMicroseconds(r.GetInt64(6)));
}
