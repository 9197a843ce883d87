using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.ReadState;

/// <summary>The read positions. Unread and mentions are a function of the log and the read position, and they are computed here and nowhere else.</summary>
internal static class ReadStateStore
{
    // More than these nobody counts.
    private const int MostShown = 1_000;

    // Others' messages above the position: those of the channel less those of the user, each the difference of two counts that are kept. A handful of rows is
    // looked at, whatever lies between.
    private const string UnreadCount = """
        CASE WHEN COALESCE(r.number, 0) >= c.last_number THEN 0 ELSE c.message_count
            - COALESCE((SELECT e.message_count FROM events e WHERE e.channel_id = c.id AND e.number <= r.number ORDER BY e.number DESC LIMIT 1), 0)
            - COALESCE((SELECT a.count FROM author_counts a WHERE a.channel_id = c.id AND a.user_id = @user ORDER BY a.number DESC LIMIT 1), 0)
            + COALESCE((SELECT a.count FROM author_counts a WHERE a.channel_id = c.id AND a.user_id = @user AND a.number <= r.number ORDER BY a.number DESC LIMIT 1), 0) END
        """;

    private const string MentionCount = """
        CASE WHEN COALESCE(r.number, 0) >= c.last_number THEN 0 ELSE
            COALESCE((SELECT x.count FROM mentions x WHERE x.user_id = @user AND x.channel_id = c.id ORDER BY x.number DESC LIMIT 1), 0)
            - COALESCE((SELECT x.count FROM mentions x WHERE x.user_id = @user AND x.channel_id = c.id AND x.number <= r.number ORDER BY x.number DESC LIMIT 1), 0) END
        """;

    // The one way to count, for whatever asks: `read`, `ready` and the pages behind it.
    private const string Columns = $"""
        SELECT c.id, c.name, c.description, c.last_number, c.last_message_id, COALESCE(r.number, 0), {UnreadCount}, {MentionCount}, u.id, u.username
        """;

    private const string Positions = "LEFT JOIN read_positions r ON r.user_id = @user AND r.channel_id = c.id";
    private const string Other = "JOIN users u ON u.id = CASE WHEN c.low_user_id = @user THEN c.high_user_id ELSE c.low_user_id END";

    private const string One = $"{Columns} FROM channels c {Positions} LEFT JOIN users u ON u.id = NULL WHERE c.id = @channel";

    // Where what stands behind the columns of a channel begins.
    private const int FirstRight = 10;

    private const string SeenChannels = $"""
        {Columns}, {OverwriteStore.Columns} FROM channels c {Positions} LEFT JOIN users u ON u.id = NULL {OverwriteStore.Join}
        WHERE c.low_user_id IS NULL AND c.hidden_at IS NULL AND c.name_key > @after ORDER BY c.name_key
        """;

    // Of each of the two indexes as many as are wanted, in its order; a conversation with oneself stands in both.
    private const string LatestConversations = $"""
        {Columns} FROM (
            SELECT * FROM (SELECT * FROM channels WHERE low_user_id = @user ORDER BY last_message_id DESC, id DESC LIMIT @limit) l
            UNION SELECT * FROM (SELECT * FROM channels WHERE high_user_id = @user ORDER BY last_message_id DESC, id DESC LIMIT @limit) h
            ORDER BY last_message_id DESC, id DESC LIMIT @limit) c {Positions} {Other}
        ORDER BY c.last_message_id DESC, c.id DESC
        """;

    // By what never changes: by recency a conversation could move past the end of a page that is still to come.
    private const string ConversationsBelow = $"""
        {Columns} FROM (
            SELECT * FROM (SELECT * FROM channels WHERE low_user_id = @user AND id < @before ORDER BY id DESC LIMIT @limit) l
            UNION SELECT * FROM (SELECT * FROM channels WHERE high_user_id = @user AND id < @before ORDER BY id DESC LIMIT @limit) h
            ORDER BY id DESC LIMIT @limit) c {Positions} {Other}
        ORDER BY c.id DESC
        """;

    /// <summary>The identity of the data.</summary>
    public static string Epoch(DatabaseConnection db) => db.Prepare("SELECT value FROM properties WHERE name = 'epoch'").Text() ?? "";

    /// <summary>Moves the position forward; false where it stands there or further already.</summary>
    public static bool Move(DatabaseConnection db, UserId user, ChannelId channel, long number) =>
        db.Prepare("""
                INSERT INTO read_positions(user_id, channel_id, number) VALUES(@user, @channel, @number)
                ON CONFLICT(user_id, channel_id) DO UPDATE SET number = excluded.number WHERE read_positions.number < excluded.number
                """)
            .Set("@user", user.Value)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Execute() > 0;

    /// <summary>A channel or conversation with what the user has not read of it; without <see cref="ChannelSummary.With"/>.</summary>
    public static ChannelSummary? Find(DatabaseConnection db, UserId user, ChannelId channel) =>
        db.Prepare(One).Set("@user", user.Value).Set("@channel", channel.Value).First(Channel);

    /// <summary>The channels that the user sees, by name, from behind a name on. All that are left are looked at: there are 500 at the most.</summary>
    public static List<ChannelSummary> Channels(DatabaseConnection db, UserId user, string after, int limit) =>
        [.. db.Prepare(SeenChannels)
            .Set("@user", user.Value)
            .Set("@viewer", user.Value)
            .Set("@after", after)
            .All(r => (Channel: Channel(r), Rights: OverwriteStore.Read(r, FirstRight)))
            .Where(found => found.Rights.HasFlag(ChannelRights.See))
            .Select(found => found.Channel)
            .Take(limit)];

    /// <summary>The user's latest conversations, the latest first.</summary>
    public static List<ChannelSummary> Latest(DatabaseConnection db, UserId user, int limit) =>
        db.Prepare(LatestConversations).Set("@user", user.Value).Set("@limit", limit).All(Channel);

    /// <summary>The user's conversations below an id, the highest first.</summary>
    public static List<ChannelSummary> Below(DatabaseConnection db, UserId user, long before, int limit) =>
        db.Prepare(ConversationsBelow).Set("@user", user.Value).Set("@before", before).Set("@limit", limit).All(Channel);

    private static ChannelSummary Channel(Row r) => new(
        new ChannelId(r.Integer(0)),
        r.Text(1),
        r.Text(2),
        r.Integer(3),
        r.Integer(4),
        r.IsNull(8) ? null : new SelfState(new UserId(r.Integer(8)), r.Text(9)),
        r.Integer(5),
        Shown(r.Integer(6)),
        Shown(r.Integer(7)));

    private static int Shown(long count) => (int)Math.Min(count, MostShown);
}
