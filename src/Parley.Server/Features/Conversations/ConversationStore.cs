using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Conversations;

/// <summary>A private message that waits for its receiver.</summary>
internal sealed record WaitingMessage(ChannelId Channel, long Number, string From, string Content, long At);

/// <summary>Direct conversations: channels of two.</summary>
internal static class ConversationStore
{
    /// <summary>The conversation of two users, made where there is none.</summary>
    public static (ChannelRow Channel, bool IsNew) FindOrAdd(StoreConnection store, UserId one, UserId other, long at)
    {
        var (low, high) = one.Value <= other.Value ? (one, other) : (other, one);
        var name = $"@{low}:{high}";
        var added = store.Prepare("""
                INSERT INTO channels(name, description, created_by, created_at, low_user_id, high_user_id)
                VALUES(@name, '', @by, @at, @low, @high) ON CONFLICT DO NOTHING RETURNING id
                """)
            .Set("@name", name)
            .Set("@by", one.Value)
            .Set("@at", StoredTime.ToText(WireTime.FromMicroseconds(at)))
            .Set("@low", low.Value)
            .Set("@high", high.Value)
            .Integer();
        if (added is { } id)
            return (new ChannelRow(new ChannelId(id), name, 0, low, high), true);
        return (Find(store, name, one), false);
    }

    /// <summary>Level 1: what was said to a user who was away and has not been handed over yet, oldest first.</summary>
    public static List<WaitingMessage> Waiting(StoreConnection store, UserId user, int limit) =>
        store.Prepare("""
                SELECT e.channel_id, e.number, u.username, m.content, e.at
                FROM channels c
                LEFT JOIN read_positions r ON r.user_id = @user AND r.channel_id = c.id
                JOIN events e ON e.channel_id = c.id AND e.number > COALESCE(MAX(r.number, r.delivered_number), 0)
                JOIN messages m ON m.id = e.message_id JOIN users u ON u.id = e.actor_id
                WHERE (c.low_user_id = @user OR c.high_user_id = @user) AND e.kind IN ('message', 'action') AND e.actor_id <> @user
                ORDER BY e.at, e.message_id LIMIT @limit
                """)
            .Set("@user", user.Value)
            .Set("@limit", limit)
            .All(r => new WaitingMessage(new ChannelId(r.Integer(0)), r.Integer(1), r.Text(2), r.Text(3), r.Integer(4)));

    /// <summary>Remembers that a user was handed a conversation's events up to a number.</summary>
    public static bool MarkDelivered(StoreConnection store, UserId user, ChannelId channel, long number) =>
        store.Prepare("""
                INSERT INTO read_positions(user_id, channel_id, delivered_number) VALUES(@user, @channel, @number)
                ON CONFLICT(user_id, channel_id) DO UPDATE SET delivered_number = excluded.delivered_number
                WHERE read_positions.delivered_number < excluded.delivered_number
                """)
            .Set("@user", user.Value)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Execute() > 0;

    private static ChannelRow Find(StoreConnection store, string name, UserId viewer)
    {
        var id = store.Prepare("SELECT id FROM channels WHERE name = @name").Set("@name", name).Integer();
        return ChannelStore.FindVisible(store, new ChannelId(id ?? 0), viewer) ?? throw new InvalidOperationException("The conversation is gone.");
    }
}
