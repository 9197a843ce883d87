using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Maintenance;

/// <summary>
/// Verifies that the database is whole and keeps what the protocol promises: each log numbered 1, 2, 3 without a gap, each message once under its number.
/// </summary>
internal static class DatabaseCheck
{
    private static readonly (string Sql, string Words)[] Laws =
    [
        ("SELECT c.id FROM channels c WHERE c.last_number <> (SELECT COUNT(*) FROM events e WHERE e.channel_id = c.id)",
            "Channel {0} has another count of events than its last number says."),
        ("SELECT c.id FROM channels c WHERE c.last_number <> (SELECT COALESCE(MAX(e.number), 0) FROM events e WHERE e.channel_id = c.id)",
            "Channel {0} does not end with its last number."),
        ("SELECT DISTINCT channel_id FROM events WHERE number < 1", "Channel {0} has an event with a number below 1."),
        ("SELECT m.id FROM messages m WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.channel_id = m.channel_id AND e.number = m.number AND e.message_id = " +
            "m.id)",
            "Message {0} does not stand in its channel's log under its number."),
        (
            "SELECT MAX(id) FROM messages WHERE nonce IS NOT NULL GROUP BY user_id, nonce HAVING COUNT(*) > 1",
            "Message {0} bears a nonce that its author used before."),
        (
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND name = 'messages_nonce' HAVING COUNT(*) = 0",
            "The index that makes nonces unique is missing."),
        ("SELECT message_id FROM events WHERE kind IN ('message', 'action') GROUP BY message_id HAVING COUNT(*) > 1", "Message {0} was said more than once."),
        ("""
            SELECT DISTINCT channel_id FROM (SELECT channel_id, message_count,
                SUM(kind IN ('message', 'action')) OVER (PARTITION BY channel_id ORDER BY number) AS counted FROM events) WHERE message_count <> counted
            """,
            "Channel {0} has an event that counts other messages than there are."),
        ("""
            SELECT c.id FROM channels c WHERE c.message_count <>
                COALESCE((SELECT e.message_count FROM events e WHERE e.channel_id = c.id ORDER BY e.number DESC LIMIT 1), 0)
            """,
            "Channel {0} counts other messages than its log."),
        ("""
            SELECT c.id FROM channels c JOIN messages m ON m.channel_id = c.id GROUP BY c.id HAVING MAX(m.id) <> c.last_message_id
            """,
            "Channel {0} names another message as its latest."),
        ("""
            SELECT DISTINCT channel_id FROM (
                SELECT channel_id, user_id, number, ROW_NUMBER() OVER (PARTITION BY channel_id, user_id ORDER BY number) FROM messages
                EXCEPT SELECT channel_id, user_id, number, count FROM author_counts)
            """,
            "Channel {0} has a message whose place among its author's is not kept."),
        ("SELECT DISTINCT a.channel_id FROM author_counts a WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.channel_id = a.channel_id AND e.number = " +
            "a.number)",
            "Channel {0} counts a message for its author that it has not."),
        ("""
            SELECT DISTINCT channel_id FROM (SELECT channel_id, count,
                ROW_NUMBER() OVER (PARTITION BY user_id, channel_id ORDER BY number) AS counted FROM mentions) WHERE count <> counted
            """,
            "Channel {0} has a mention that counts others than there are."),
    ];

    /// <exception cref="StartupException">There is no such database, or it cannot be read.</exception>
    public static CheckReport Run(string path)
    {
        path = SqlitePath.ResolveExisting(path);
        SqliteFile.CheckReadable(path);
        List<string> findings = [];
        try
        {
            using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly));
            findings.AddRange(db.Prepare("PRAGMA integrity_check").All(r => r.Text(0)).Where(line => line != "ok"));
            findings.AddRange(db.Prepare("SELECT \"table\" || ' row ' || COALESCE(rowid, '?') || ' refers to a missing row of ' || parent || '.' FROM " +
                "pragma_foreign_key_check").All(r => r.Text(0)));
            if (db.Prepare("PRAGMA user_version").Integer() != SchemaVersion.Current)
                return new CheckReport(
                    findings,
                    $"'{path}' has another schema than this program writes; its numbering was not looked at. Start the server once to bring it up to date.");
            foreach (var (sql, words) in Laws)
                findings.AddRange(
                    db.Prepare(sql).All(r => r.Integer(0)).Select(id => string.Format(System.Globalization.CultureInfo.InvariantCulture, words, id)));
            return new CheckReport(findings, Summarize(db, path, findings.Count));
        }
        catch (SqliteException e)
        {
            findings.Add($"Reading stopped: {e.Message}");
            return new CheckReport(findings, $"'{path}' is damaged. Restore a copy with 'parley-server restore'.");
        }
    }

    private static string Summarize(DatabaseConnection db, string path, int findings)
    {
        long Count(string table) => db.Prepare($"SELECT COUNT(*) FROM {table}").Integer() ?? 0;
        return $"'{path}': {Count("users")} users, {Count("channels")} channels, {Count("messages")} messages, {Count("events")} events; " +
            $"{(findings == 0 ? "all is well." : $"{findings} findings.")}";
    }
}
