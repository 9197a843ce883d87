namespace Parley.Server.Storage.Sqlite;

/// <summary>
/// Takes over the database of the program that Parley succeeds: ids, names, hashes and texts stay; messages get numbers in the order of their ids; its
/// sessions held tokens in plain text and are dropped.
/// </summary>
internal static class Predecessor
{
    /// <summary>The tables and columns by which its file is known.</summary>
    public static IReadOnlyDictionary<string, string[]> Tables { get; } = new Dictionary<string, string[]>
    {
        ["users"] = ["id", "username", "password_hash", "created_at"],
        ["channels"] = ["id", "name", "description", "created_by", "created_at"],
        ["messages"] = ["id", "channel_id", "user_id", "content", "msg_type", "created_at"],
    };

    public static void Take(DatabaseConnection db)
    {
        db.Execute("""
            ALTER TABLE users RENAME TO old_users;
            ALTER TABLE channels RENAME TO old_channels;
            ALTER TABLE messages RENAME TO old_messages;
            DROP INDEX IF EXISTS idx_messages_channel_time;
            DROP TABLE IF EXISTS sessions;
            """);
        db.Execute(SqliteSchema.Tables);
        // unixepoch reads 'YYYY-MM-DD HH:MM:SS' as UTC; what it cannot read becomes the epoch rather than being lost.
        db.Execute("""
            INSERT INTO users(id, username, password_hash, created_at)
                SELECT id, username, password_hash, COALESCE(created_at, datetime('now')) FROM old_users;
            INSERT INTO channels(id, name, description, created_by, created_at)
                SELECT id, name, COALESCE(description, ''), (SELECT id FROM users WHERE id = created_by), COALESCE(created_at, datetime('now')) FROM old_channels;
            INSERT INTO messages(id, channel_id, user_id, content, msg_type, created_at, number)
                SELECT id, channel_id, user_id, content, CASE msg_type WHEN 'action' THEN 'action' ELSE 'message' END,
                    COALESCE(CAST(ROUND((julianday(created_at) - 2440587.5) * 86400000.0) AS INTEGER) * 1000, 0),
                    ROW_NUMBER() OVER (PARTITION BY channel_id ORDER BY id)
                FROM old_messages WHERE channel_id IN (SELECT id FROM channels) AND user_id IN (SELECT id FROM users);
            INSERT INTO events(channel_id, number, kind, message_id, actor_id, at)
                SELECT channel_id, number, msg_type, id, user_id, created_at FROM messages;
            UPDATE channels SET last_number = (SELECT COUNT(*) FROM messages WHERE messages.channel_id = channels.id);
            INSERT INTO read_positions(user_id, channel_id, number)
                SELECT users.id, channels.id, channels.last_number FROM users CROSS JOIN channels WHERE channels.last_number > 0;
            DROP TABLE old_messages;
            DROP TABLE old_channels;
            DROP TABLE old_users;
            """);
        // Ids go on where they were, so that none is given out twice.
        db.Execute("""
            DELETE FROM sqlite_sequence WHERE name LIKE 'old_%';
            """);
    }
}
