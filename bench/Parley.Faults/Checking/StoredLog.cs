using Microsoft.Data.Sqlite;

namespace Parley.Faults.Checking;

/// <summary>An event as it stands in the database file.</summary>
/// <param name="Channel">Whose log.</param>
/// <param name="Number">Its place there.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Author">Who did it.</param>
/// <param name="MessageId">The message that it said or changed.</param>
/// <param name="Words">What was said by it, or the emoji of a reaction; null where it has no words, or they were taken back.</param>
internal sealed record StoredEvent(long Channel, long Number, string Kind, string Author, long MessageId, string? Words)
{
    public bool IsSaid => Kind is "message" or "action";
}

/// <summary>A message as it is now.</summary>
/// <param name="Texts">All that it ever said, the latest last; none where it was deleted.</param>
/// <param name="IsDeleted">Whether it was taken back.</param>
internal sealed record StoredMessage(IReadOnlyList<string> Texts, bool IsDeleted)
{
    /// <summary>How many people reacted with which emoji, as text.</summary>
    public string Reactions { get; init; } = "";
}

/// <summary>Reads the database file as it lies there, with nothing of the server's code.</summary>
internal sealed class StoredLog
{
    public Dictionary<(long Channel, long Number), StoredEvent> Events { get; } = [];

    public Dictionary<long, StoredMessage> Messages { get; } = [];

    /// <summary>Who reacted with what to which message.</summary>
    public HashSet<(long MessageId, string Emoji, string Author)> Reactions { get; } = [];

    /// <summary>The number of each change that bore a nonce.</summary>
    public Dictionary<(string Author, string Nonce), (long Channel, long Number)> Changes { get; } = [];

    /// <summary>The two people of each conversation.</summary>
    public Dictionary<long, (string Low, string High)> Conversations { get; } = [];

    public Dictionary<long, long> LastNumbers { get; } = [];

    public long MessageCount => Messages.Count;

    public long RepeatedNonces { get; private set; }

    public string Integrity { get; private set; } = "";

    public string Epoch { get; private set; } = "";

    public static StoredLog Read(string path)
    {
        var log = new StoredLog();
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        Each(connection, "PRAGMA integrity_check", r => log.Integrity = r.GetString(0));
        Each(connection, "SELECT value FROM properties WHERE name = 'epoch'", r => log.Epoch = r.GetString(0));
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
            "SELECT u.username, n.nonce, n.channel_id, n.number FROM change_nonces n JOIN users u ON u.id = n.user_id",
            r => log.Changes[(r.GetString(0), r.GetString(1))] = (r.GetInt64(2), r.GetInt64(3)));
        log.ReadMessages(connection);
        return log;
    }

    /// <summary>Moves the write-ahead log into the file and empties it: what is in neither afterwards is gone.</summary>
    public static void MoveLogIntoFile(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        Each(connection, "PRAGMA wal_checkpoint(TRUNCATE)", _ => { });
    }

    // A version is what a message said before the edit of that number; so an edit gave the words of the next version, or those that are there now.
    private void ReadMessages(SqliteConnection connection)
    {
        var versions = new List<(long MessageId, long Number, string Before)>();
        Each(connection, "SELECT message_id, number, content FROM versions ORDER BY number", r => versions.Add((r.GetInt64(0), r.GetInt64(1), r.GetString(2))));
        var former = versions.ToLookup(version => version.MessageId);
        Each(
            connection,
            "SELECT r.message_id, r.emoji, u.username FROM reactions r JOIN users u ON u.id = r.user_id",
            r => Reactions.Add((r.GetInt64(0), r.GetString(1), r.GetString(2))));
        var reactions = Reactions.ToLookup(reaction => reaction.MessageId, reaction => reaction.Emoji);
        Each(connection, "SELECT id, content, deleted_at FROM messages", r =>
        {
            var (id, isDeleted) = (r.GetInt64(0), !r.IsDBNull(2));
            Messages[id] = new StoredMessage(isDeleted ? [] : [.. former[id].Select(version => version.Before), r.GetString(1)], isDeleted)
            {
                Reactions = ReactionText.Of(reactions[id].CountBy(emoji => emoji)),
            };
        });
        Each(
            connection,
            "SELECT e.channel_id, e.number, e.kind, u.username, e.message_id, e.body FROM events e JOIN users u ON u.id = e.actor_id",
            r =>
            {
                var (channel, number, kind, message) = (r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt64(4));
                var place = kind == "edit" ? former[message].Count(version => version.Number <= number) : 0;
                var words = kind is "message" or "action" or "edit" ? Messages[message].Texts.ElementAtOrDefault(place) : r.IsDBNull(5) ? null : r.GetString(5);
                Events[(channel, number)] = new StoredEvent(channel, number, kind, r.GetString(3), message, words);
            });
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
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
