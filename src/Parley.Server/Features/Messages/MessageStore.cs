using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Mentions;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>A message's place: what its acknowledgement says.</summary>
internal sealed record MessagePlace(ChannelId Channel, long Number, MessageId Id, long At);

/// <summary>The log and what the messages in it say.</summary>
internal static class MessageStore
{
    /// <summary>So much of the latest is what somebody wants to see first who comes to a channel without having kept anything of it.</summary>
    private const int FirstLook = 50;

    private const string EventColumns = """
        SELECT e.number, e.kind, e.message_id, e.actor_id, u.username, m.content, e.at
        FROM events e JOIN users u ON u.id = e.actor_id LEFT JOIN messages m ON m.id = e.message_id
        """;

    private const string EventsAfter = $"{EventColumns} WHERE e.channel_id = @channel AND e.number > @number ORDER BY e.number LIMIT @limit";
    private const string EventsBefore = $"{EventColumns} WHERE e.channel_id = @channel AND e.number < @number ORDER BY e.number DESC LIMIT @limit";
    private const string LatestMessages = $"{EventColumns} WHERE e.channel_id = @channel AND e.kind IN ('message', 'action') ORDER BY e.number DESC LIMIT @limit";

    /// <summary>Appends a message to its channel's log; null where its author used the nonce before, and then nothing was written.</summary>
    /// <param name="store">The transaction, in which <paramref name="channel"/> was read: there is one writer, so nobody takes a number meanwhile.</param>
    /// <param name="channel">The channel, with its last number.</param>
    /// <param name="author">Who says it.</param>
    /// <param name="kind">Message or action.</param>
    /// <param name="content">The text.</param>
    /// <param name="nonce">The author's mark; null for none.</param>
    /// <param name="at">When.</param>
    public static MessagePlace? Append(StoreConnection store, ChannelRow channel, UserId author, string kind, string content, string? nonce, long at)
    {
        // Without RETURNING, for which SQLite makes and drops a table in memory each time (docs/performance.md, "What was changed").
        var number = channel.LastNumber + 1;
        var added = store.Prepare("""
                INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number, nonce)
                VALUES(@channel, @author, @content, @kind, @at, @number, @nonce) ON CONFLICT DO NOTHING
                """)
            .Set("@channel", channel.Id.Value)
            .Set("@author", author.Value)
            .Set("@content", content)
            .Set("@kind", kind)
            .Set("@at", at)
            .Set("@number", number)
            .Set("@nonce", nonce)
            .Execute();
        if (added == 0)
            return null;
        var place = new MessagePlace(channel.Id, number, new MessageId(store.LastInsertedId), at);
        store.Prepare("UPDATE channels SET last_number = @number, message_count = @count, last_message_id = @message WHERE id = @channel")
            .Set("@number", place.Number)
            .Set("@count", channel.MessageCount + 1)
            .Set("@message", place.Id.Value)
            .Set("@channel", channel.Id.Value)
            .Execute();
        store.Prepare("""
                INSERT INTO events(channel_id, number, kind, message_id, actor_id, at, message_count)
                VALUES(@channel, @number, @kind, @message, @actor, @at, @count)
                """)
            .Set("@channel", channel.Id.Value)
            .Set("@number", place.Number)
            .Set("@kind", kind)
            .Set("@message", place.Id.Value)
            .Set("@actor", author.Value)
            .Set("@at", at)
            .Set("@count", channel.MessageCount + 1)
            .Execute();
        store.Prepare("""
                INSERT INTO author_counts(channel_id, user_id, number, count) VALUES(@channel, @author, @number, 1 + COALESCE(
                    (SELECT count FROM author_counts WHERE channel_id = @channel AND user_id = @author ORDER BY number DESC LIMIT 1), 0))
                """)
            .Set("@channel", channel.Id.Value)
            .Set("@author", author.Value)
            .Set("@number", place.Number)
            .Execute();
        return place;
    }

    /// <summary>The message that its author sent with this nonce before.</summary>
    public static MessagePlace? FindByNonce(StoreConnection store, UserId author, string nonce) =>
        store.Prepare("SELECT channel_id, number, id, created_at FROM messages WHERE user_id = @author AND nonce = @nonce")
            .Set("@author", author.Value)
            .Set("@nonce", nonce)
            .First(r => new MessagePlace(new ChannelId(r.Integer(0)), r.Integer(1), new MessageId(r.Integer(2)), r.Integer(3)));

    public static long LastNumber(StoreConnection store, ChannelId channel) =>
        store.Prepare("SELECT last_number FROM channels WHERE id = @channel").Set("@channel", channel.Value).Integer() ?? 0;

    /// <summary>The latest message of all; 0 before the first. Ids rise in the order of the commits.</summary>
    public static long LastId(StoreConnection store) => store.Prepare("SELECT MAX(id) FROM messages").Integer() ?? 0;

    /// <summary>Events above a number, oldest first.</summary>
    public static List<ChannelEvent> After(StoreConnection store, ChannelId channel, long number, int limit) =>
        MentionStore.AddTo(store, channel, store.Prepare(EventsAfter)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@limit", limit)
            .All(Event));

    /// <summary>The events just below a number, newest first.</summary>
    public static List<ChannelEvent> Before(StoreConnection store, ChannelId channel, long number, int limit) =>
        MentionStore.AddTo(store, channel, store.Prepare(EventsBefore)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@limit", limit)
            .All(Event));

    /// <summary>
    /// The number of the last event before a time; 0 where there is none. Where the server's clock was set back, a log goes past a time more than once: then it is the end
    /// of one of its stretches before that time, and not of a certain one. What follows it is of that time or later in any case.
    /// </summary>
    /// <param name="store">Where to look.</param>
    /// <param name="channel">Whose log.</param>
    /// <param name="at">The time, in microseconds.</param>
    /// <param name="lastNumber">The number of the channel's latest event.</param>
    public static long LastBefore(StoreConnection store, ChannelId channel, long at, long lastNumber)
    {
        // Numbers have no gaps and mostly rise with the times, so halving finds it by the primary key: 20 reads in a million events. An index on the times would find the
        // first place of several, too, at the price of a second B-tree for every message that is stored.
        var (low, high) = (0L, lastNumber);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var time = store.Prepare("SELECT at FROM events WHERE channel_id = @channel AND number = @number")
                .Set("@channel", channel.Value)
                .Set("@number", middle)
                .Integer();
            if (time < at)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>The last 50 messages and actions, oldest first, as many as fit a frame.</summary>
    public static List<ChannelEvent> Latest(StoreConnection store, ChannelId channel)
    {
        var latest = store.Prepare(LatestMessages)
            .Set("@channel", channel.Value)
            .Set("@limit", FirstLook)
            .All(Event);
        var fitting = FrameBudget.Take(latest);
        fitting.Reverse();
        return fitting;
    }

    private static ChannelEvent Event(Row r) => new(
        r.Integer(0),
        r.Text(1),
        new MessageId(r.IsNull(2) ? 0 : r.Integer(2)),
        new UserId(r.Integer(3)),
        r.Text(4),
        r.IsNull(5) ? "" : r.Text(5),
        WireTime.FromMicroseconds(r.Integer(6)));
}
