using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Reactions;

/// <summary>Who reacted to messages, and how many of them.</summary>
internal static class ReactionStore
{
    /// <summary>Different emoji on one message.</summary>
    public const int MostKinds = 20;

    /// <summary>The number of the event by which somebody reacted so; null where they did not.</summary>
    public static long? Find(DatabaseConnection db, MessageId message, string emoji, UserId user) =>
        db.Prepare("SELECT number FROM reactions WHERE message_id = @message AND emoji = @emoji AND user_id = @user")
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Set("@user", user.Value)
            .Integer();

    /// <summary>Who reacted so; the first of them by their ids, which is the order of the key: no more is read than is told.</summary>
    public static IReadOnlyList<SelfState> UsersOf(DatabaseConnection db, MessageId message, string emoji) =>
        db.Prepare("""
                SELECT r.user_id, u.username FROM reactions r JOIN users u ON u.id = r.user_id
                WHERE r.message_id = @message AND r.emoji = @emoji ORDER BY r.user_id LIMIT 100
                """)
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .All(r => new SelfState(new UserId(r.Integer(0)), r.Text(1)));

    /// <summary>Whether one emoji more would be too many.</summary>
    public static bool IsFull(DatabaseConnection db, MessageId message, string emoji)
    {
        var kinds = db.Prepare("SELECT emoji FROM reaction_counts WHERE message_id = @message").Set("@message", message.Value).All(r => r.Text(0));
        return kinds.Count >= MostKinds && !kinds.Contains(emoji);
    }

    public static void Add(DatabaseConnection db, MessageId message, string emoji, UserId user, long number)
    {
        db.Prepare("INSERT INTO reactions(message_id, emoji, user_id, number) VALUES(@message, @emoji, @user, @number)")
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Set("@user", user.Value)
            .Set("@number", number)
            .Execute();
        db.Prepare("""
                INSERT INTO reaction_counts(message_id, emoji, count, first_number) VALUES(@message, @emoji, 1, @number)
                ON CONFLICT(message_id, emoji) DO UPDATE SET count = reaction_counts.count + 1
                """)
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Set("@number", number)
            .Execute();
    }

    public static void Remove(DatabaseConnection db, MessageId message, string emoji, UserId user)
    {
        db.Prepare("DELETE FROM reactions WHERE message_id = @message AND emoji = @emoji AND user_id = @user")
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Set("@user", user.Value)
            .Execute();
        db.Prepare("UPDATE reaction_counts SET count = count - 1 WHERE message_id = @message AND emoji = @emoji")
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Execute();
        db.Prepare("DELETE FROM reaction_counts WHERE message_id = @message AND emoji = @emoji AND count = 0")
            .Set("@message", message.Value)
            .Set("@emoji", emoji)
            .Execute();
    }

    /// <summary>Removes all reactions to a message.</summary>
    public static void RemoveAll(DatabaseConnection db, MessageId message)
    {
        db.Prepare("DELETE FROM reactions WHERE message_id = @message").Set("@message", message.Value).Execute();
        db.Prepare("DELETE FROM reaction_counts WHERE message_id = @message").Set("@message", message.Value).Execute();
    }

    /// <summary>The same messages with how people reacted to them.</summary>
    public static List<ChannelEvent> AddTo(DatabaseConnection db, UserId viewer, List<ChannelEvent> page) => page.ConvertAll(told =>
        told.Changed is null || told.Deleted is not null || Of(db, viewer, told.MessageId) is not { Count: > 0 } reactions ? told : told with { Reactions = reactions });

    private static List<ReactionCount> Of(DatabaseConnection db, UserId viewer, MessageId message) =>
        db.Prepare("""
                SELECT c.emoji, c.count, r.user_id FROM reaction_counts c
                LEFT JOIN reactions r ON r.message_id = c.message_id AND r.emoji = c.emoji AND r.user_id = @viewer
                WHERE c.message_id = @message ORDER BY c.first_number
                """)
            .Set("@viewer", viewer.Value)
            .Set("@message", message.Value)
            .All(r => new ReactionCount(r.Text(0), (int)r.Integer(1), !r.IsNull(2)));
}
