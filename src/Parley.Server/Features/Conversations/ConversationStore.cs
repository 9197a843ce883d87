using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Conversations;

/// <summary>Direct conversations: channels of two.</summary>
internal static class ConversationStore
{
    // At most so many are looked at for one login; the rest waits for the next.
    private const int MostLate = 2_000;

    // In the order of their latest messages, from where the last look ended: however many conversations there are, each is passed over once.
    private const string LateConversations = """
        SELECT c.id, c.last_message_id, u.id, u.username, COALESCE(r.number, 0), COALESCE(r.delivered_number, 0), c.last_number FROM (
            SELECT * FROM (SELECT * FROM channels WHERE low_user_id = @user AND last_message_id > (SELECT waiting_after FROM users WHERE id = @user)
                ORDER BY last_message_id, id LIMIT @limit) l
            UNION ALL SELECT * FROM (SELECT * FROM channels WHERE high_user_id = @user AND last_message_id > (SELECT waiting_after FROM users WHERE id = @user)
                ORDER BY last_message_id, id LIMIT @limit) h
            ORDER BY last_message_id, id LIMIT @limit) c
        LEFT JOIN read_positions r ON r.user_id = @user AND r.channel_id = c.id
        JOIN users u ON u.id = CASE WHEN c.low_user_id = @user THEN c.high_user_id ELSE c.low_user_id END
        WHERE u.id <> @user ORDER BY c.last_message_id, c.id
        """;

    private const string SaidSince = """
        SELECT a.number, m.content, e.at FROM author_counts a JOIN events e ON e.channel_id = a.channel_id AND e.number = a.number JOIN messages m ON m.id = e.message_id
        WHERE a.channel_id = @channel AND a.user_id = @author AND a.number > @number AND m.deleted_at IS NULL ORDER BY a.number LIMIT @limit
        """;

    /// <summary>The conversation of two users, made where there is none.</summary>
    /// <returns>The conversation; of a new one the latest message of the server, behind which it stands among others.</returns>
    public static (ChannelRow Channel, MessageId? OpenedAfter) FindOrAdd(DatabaseConnection db, UserId one, UserId other, long at)
    {
        var (low, high) = one.Value <= other.Value ? (one, other) : (other, one);
        var name = $"@{low}:{high}";
        var added = db.Prepare("""
                INSERT INTO channels(name, description, created_by, created_at, low_user_id, high_user_id, last_message_id)
                VALUES(@name, '', @by, @at, @low, @high, COALESCE((SELECT MAX(id) FROM messages), 0)) ON CONFLICT DO NOTHING RETURNING id, last_message_id
                """)
            .Set("@name", name)
            .Set("@by", one.Value)
            .Set("@at", at)
            .Set("@low", low.Value)
            .Set("@high", high.Value)
            .First(r => Tuple.Create(new ChannelId(r.Integer(0)), new MessageId(r.Integer(1))));
        return added is null ? (Find(db, name, one), null) : (new ChannelRow(added.Item1, name, 0, low, high, ChannelRights.All), added.Item2);
    }

    /// <summary>What was said to a user who was away and has not been handed over yet, oldest first.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="user">Who was away.</param>
    /// <param name="limit">The most messages.</param>
    /// <returns>
    /// The messages, and the latest message of the last conversation that was looked at to its end: of conversations up to that one nothing waits any more.
    /// </returns>
    public static (List<WaitingMessage> Messages, long? NothingWaitsUpTo) Waiting(DatabaseConnection db, UserId user, int limit)
    {
        List<WaitingMessage> waiting = [];
        long? upTo = null;
        var late = db.Prepare(LateConversations)
            .Set("@user", user.Value)
            .Set("@limit", MostLate)
            .All(r => (Channel: r.Integer(0), LastMessage: r.Integer(1), Other: r.Integer(2), Name: r.Text(3), From: Math.Max(r.Integer(4), r.Integer(5)),
                LastNumber: r.Integer(6)));
        foreach (var conversation in late)
        {
            // One more than fits shows that it goes on.
            var left = limit - waiting.Count;
            var messages = conversation.LastNumber <= conversation.From ? [] : db.Prepare(SaidSince)
                .Set("@channel", conversation.Channel)
                .Set("@author", conversation.Other)
                .Set("@number", conversation.From)
                .Set("@limit", left + 1)
                .All(r => new WaitingMessage(new ChannelId(conversation.Channel), r.Integer(0), conversation.Name, r.Text(1), r.Integer(2)));
            waiting.AddRange(messages.Take(left));
            if (messages.Count > left)
                break;
            upTo = conversation.LastMessage;
        }

        return ([.. waiting.OrderBy(w => w.At)], upTo);
    }

    /// <summary>Remembers that of the user's conversations nothing waits whose latest message is not above this one.</summary>
    public static void NothingWaitsUpTo(DatabaseConnection db, UserId user, long message) =>
        db.Prepare("UPDATE users SET waiting_after = @message WHERE id = @user AND waiting_after < @message")
            .Set("@message", message)
            .Set("@user", user.Value)
            .Execute();

    /// <summary>Remembers that a user was handed a conversation's events up to a number.</summary>
    public static bool MarkDelivered(DatabaseConnection db, UserId user, ChannelId channel, long number) =>
        db.Prepare("""
                INSERT INTO read_positions(user_id, channel_id, delivered_number) VALUES(@user, @channel, @number)
                ON CONFLICT(user_id, channel_id) DO UPDATE SET delivered_number = excluded.delivered_number
                WHERE read_positions.delivered_number < excluded.delivered_number
                """)
            .Set("@user", user.Value)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Execute() > 0;

    private static ChannelRow Find(DatabaseConnection db, string name, UserId viewer)
    {
        var id = db.Prepare("SELECT id FROM channels WHERE name_key = @name").Set("@name", name).Integer();
        return ChannelAccess.Find(db, viewer, new ChannelId(id ?? 0)) ?? throw new InvalidOperationException("The conversation is gone.");
    }
}
