using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.Testing;

/// <summary>
/// The file of a server that is not running, for what nobody can wait for: thousands of messages, or those of last month. Everything is one transaction.
/// </summary>
public sealed class ServerStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    // By their text. A statement is compiled once, however often it is run.
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private ServerStore(string path)
    {
        _connection = Sql.Open(path);
        _transaction = _connection.BeginTransaction();
    }

    /// <summary>The id of the channel that is always there.</summary>
    public const long General = 1;

    /// <summary>Ends a server, changes its file, and starts it again.</summary>
    public static async Task ChangeAsync(ServerProcess server, Action<ServerStore> change)
    {
        await server.TerminateAsync();
        using (var store = new ServerStore(server.DatabasePath))
        {
            change(store);
            store._transaction.Commit();
        }

        await server.RestartAsync();
    }

    /// <summary>Carries out what has no word here.</summary>
    public void Execute(string sql) => Command(sql).ExecuteNonQuery();

    /// <summary>Somebody who cannot log in.</summary>
    public long AddUser(string name, string text = "") =>
        Insert("INSERT INTO users(username, password_hash, created_at, status_text) VALUES($1, 'none', 1767323045000000, $2)", name, text);

    public long FindUser(string name) => (long)(Command("SELECT id FROM users WHERE username = $1", name).ExecuteScalar() ?? 0L);

    public long AddChannel(string name, string description = "") =>
        Insert("INSERT INTO channels(name, description, created_at) VALUES($1, $2, 1767323045000000)", name, description);

    public long AddConversation(long one, long other)
    {
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return Insert(
            "INSERT INTO channels(name, created_at, low_user_id, high_user_id) VALUES($1, 1767323045000000, $2, $3)",
            string.Create(CultureInfo.InvariantCulture, $"@{low}:{high}"), low, high);
    }

    /// <summary>Puts a message at the end of a log. Times must not fall.</summary>
    public void Say(long channel, long author, string content, DateTimeOffset at, string kind = "message")
    {
        var microseconds = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        Command(
            """
            UPDATE channels SET last_number = last_number + 1, message_count = message_count + 1 WHERE id = $1;
            INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number) SELECT id, $2, $3, $4, $5, last_number FROM channels WHERE id = $1;
            UPDATE channels SET last_message_id = last_insert_rowid() WHERE id = $1;
            INSERT INTO events(channel_id, number, kind, message_id, actor_id, at, message_count)
                SELECT id, last_number, $4, last_message_id, $2, $5, message_count FROM channels WHERE id = $1;
            INSERT INTO author_counts(channel_id, user_id, number, count) SELECT id, $2, last_number, 1 + COALESCE(
                (SELECT count FROM author_counts WHERE channel_id = $1 AND user_id = $2 ORDER BY number DESC LIMIT 1), 0) FROM channels WHERE id = $1;
            """,
            channel, author, content, kind, microseconds).ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private long Insert(string sql, params object[] values) => (long)(Command(sql + " RETURNING id", values).ExecuteScalar() ?? 0L);

    private SqliteCommand Command(string sql, params object[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i + 1}") });
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }
}
