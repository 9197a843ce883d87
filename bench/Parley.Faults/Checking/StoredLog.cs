using Microsoft.Data.Sqlite;

namespace Parley.Faults.Checking;

/// <summary>An event as it stands in the database file.</summary>
internal sealed record StoredEvent(long Channel, long Number, string Author, string Text, long MessageId);

/// <summary>Reads the database file as it lies there, with nothing of the server's code.</summary>
internal sealed class StoredLog
{
    public Dictionary<(long Channel, long Number), StoredEvent> Events { get; } = [];

    /// <summary>The two people of each conversation.</summary>
    public Dictionary<long, (string Low, string High)> Conversations { get; } = [];

    public Dictionary<long, long> LastNumbers { get; } = [];

    public long MessageCount { get; private set; }

    public long RepeatedNonces { get; private set; }

    public string Integrity { get; private set; } = "";

    public string Epoch { get; private set; } = "";

    public static StoredLog Read(string path)
    {
        var log = new StoredLog();
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        Each(connection, "PRAGMA integrity_check", r => log.Integrity = r.GetString(0));
        Each(connection, "SELECT value FROM properties WHERE name = 'epoch'", r => log.Epoch = r.GetString(0));
        Each(connection, "SELECT COUNT(*) FROM messages", r => log.MessageCount = r.GetInt64(0));
        Each(
            connection, "SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE nonce IS NOT NULL GROUP BY user_id, nonce HAVING COUNT(*) > 1)", r =>
                log.RepeatedNonces = r.GetInt64(0));
        Each(connection, "SELECT id, last_number FROM channels", r => log.LastNumbers[r.GetInt64(0)] = r.GetInt64(1));
        Each(
            connection,
            "SELECT c.id, l.username, h.username FROM channels c JOIN users l ON l.id = c.low_user_id JOIN users h ON h.id = c.high_user_id",
            r => log.Conversations[r.GetInt64(0)] = (r.GetString(1), r.GetString(2)));
        Each(
            connection,
            "SELECT e.channel_id, e.number, u.username, m.content, m.id FROM events e JOIN users u ON u.id = e.actor_id JOIN messages m ON m.id = e.message_id",
            r => log.Events[(r.GetInt64(0), r.GetInt64(1))] = new StoredEvent(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetInt64(4)));
        return log;
    }

    private static void Each(SqliteConnection connection, string sql, Action<SqliteDataReader> row)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }
}
