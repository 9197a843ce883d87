using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.ReadState;

/// <summary>A channel or conversation as one user sees it.</summary>
internal sealed record VisibleChannel(
    ChannelId Id, string Name, string Description, long LastNumber, SelfState? With, long ReadNumber, long DeliveredNumber, int Unread, int Mentions);

/// <summary>The read positions. Unread and mentions are a function of the log and the read position, and they are computed here and nowhere else.</summary>
internal static class ReadStateStore
{
    // Bounded, so that a year's absence costs no more than a day's.
    private const string UnreadCount = """
        (SELECT COUNT(*) FROM (SELECT 1 FROM events e WHERE e.channel_id = c.id AND e.number > COALESCE(r.number, 0)
            AND e.actor_id <> @user AND e.kind IN ('message', 'action') LIMIT 1000))
        """;

    private const string MentionCount = """
        (SELECT COUNT(*) FROM (SELECT 1 FROM mentions x WHERE x.user_id = @user AND x.channel_id = c.id AND x.number > COALESCE(r.number, 0) LIMIT 1000))
        """;

    private const string Visible = $"""
        SELECT c.id, c.name, c.description, c.last_number, c.low_user_id, c.high_user_id, COALESCE(r.number, 0), COALESCE(r.delivered_number, 0), {UnreadCount}, u.id, u.username, {MentionCount}
        FROM channels c LEFT JOIN read_positions r ON r.user_id = @user AND r.channel_id = c.id
        """;

    private const string PublicChannels = $"{Visible} LEFT JOIN users u ON u.id = NULL WHERE c.low_user_id IS NULL AND c.hidden_at IS NULL ORDER BY c.name";

    private const string OwnConversations = $"""
        {Visible} JOIN users u ON u.id = CASE WHEN c.low_user_id = @user THEN c.high_user_id ELSE c.low_user_id END
        WHERE c.low_user_id = @user OR c.high_user_id = @user
        ORDER BY (SELECT e.at FROM events e WHERE e.channel_id = c.id ORDER BY e.number DESC LIMIT 1) DESC, c.id DESC
        """;

    /// <summary>Moves the position forward; false where it stands there or further already.</summary>
    public static bool Move(StoreConnection store, UserId user, ChannelId channel, long number) =>
        store.Prepare("""
                INSERT INTO read_positions(user_id, channel_id, number) VALUES(@user, @channel, @number)
                ON CONFLICT(user_id, channel_id) DO UPDATE SET number = excluded.number WHERE read_positions.number < excluded.number
                """)
            .Set("@user", user.Value)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Execute() > 0;

    /// <summary>Messages and actions of others above a number, up to <see cref="Protocol.Features.ReadState.MaxUnread"/>.</summary>
    public static int Unread(StoreConnection store, UserId user, ChannelId channel, long number) =>
        (int)(store.Prepare("""
                SELECT COUNT(*) FROM (SELECT 1 FROM events WHERE channel_id = @channel AND number > @number AND actor_id <> @user
                    AND kind IN ('message', 'action') LIMIT 1000)
                """)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@user", user.Value)
            .Integer() ?? 0);

    /// <summary>Messages above a number that mean the user, up to <see cref="Protocol.Features.ReadState.MaxUnread"/>.</summary>
    public static int Mentions(StoreConnection store, UserId user, ChannelId channel, long number) =>
        (int)(store.Prepare("SELECT COUNT(*) FROM (SELECT 1 FROM mentions WHERE user_id = @user AND channel_id = @channel AND number > @number LIMIT 1000)")
            .Set("@user", user.Value)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Integer() ?? 0);

    /// <summary>Every public channel, by name.</summary>
    public static List<VisibleChannel> Channels(StoreConnection store, UserId user) =>
        store.Prepare(PublicChannels).Set("@user", user.Value).All(Channel);

    /// <summary>The user's conversations, the latest first.</summary>
    public static List<VisibleChannel> Conversations(StoreConnection store, UserId user) =>
        store.Prepare(OwnConversations).Set("@user", user.Value).All(Channel);

    private static VisibleChannel Channel(Row r) => new(
        new ChannelId(r.Integer(0)),
        r.Text(1),
        r.Text(2),
        r.Integer(3),
        r.IsNull(9) ? null : new SelfState(new UserId(r.Integer(9)), r.Text(10)),
        r.Integer(6),
        r.Integer(7),
        (int)r.Integer(8),
        (int)r.Integer(11));
}
