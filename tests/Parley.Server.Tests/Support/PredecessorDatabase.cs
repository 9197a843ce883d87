using Microsoft.Data.Sqlite;

namespace Parley.Server.Tests.Support;

/// <summary>
/// A database file as the program wrote it that Parley succeeds: its schema, WAL mode, <c>user_version</c> 0, <c>$2b$</c> hashes. Tests also use it to have
/// many accounts at once: a hash of the lowest cost verifies in a millisecond, where a registration takes a third of a second.
/// </summary>
internal sealed class PredecessorDatabase : IDisposable
{
    public const string Password = RawPeerVerbs.Password;

    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE COLLATE NOCASE, password_hash TEXT NOT NULL, created_at TEXT NOT NULL DEFAULT (datetime('now')));
        CREATE TABLE channels (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, description TEXT DEFAULT '', created_by INTEGER REFERENCES users(id), created_at TEXT NOT NULL DEFAULT (datetime('now')));
        CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, channel_id INTEGER NOT NULL REFERENCES channels(id), user_id INTEGER NOT NULL REFERENCES users(id), content TEXT NOT NULL, msg_type TEXT NOT NULL DEFAULT 'message', created_at TEXT NOT NULL DEFAULT (datetime('now')));
        CREATE TABLE sessions (token TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), created_at TEXT NOT NULL DEFAULT (datetime('now')), expires_at TEXT NOT NULL);
        CREATE INDEX idx_messages_channel_time ON messages(channel_id, created_at);
        INSERT INTO channels(name, description, created_by) VALUES ('general', 'General discussion', NULL);
        """;

    private readonly SqliteConnection _connection;

    public PredecessorDatabase(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run(Schema);
    }

    public long AddUser(string username, string passwordHash) =>
        Insert("INSERT INTO users(username, password_hash, created_at) VALUES ($1, $2, '2025-03-04 05:06:07')", username, passwordHash);

    public long AddChannel(string name, string? description, long? createdBy) =>
        Insert("INSERT INTO channels(name, description, created_by, created_at) VALUES ($1, $2, $3, '2025-03-04 05:06:08')", name, description, createdBy);

    public long AddMessage(long channel, long user, string content, string kind, string createdAt) =>
        Insert("INSERT INTO messages(channel_id, user_id, content, msg_type, created_at) VALUES ($1, $2, $3, $4, $5)", channel, user, content, kind, createdAt);

    public void AddSession(string token, long user, string expiresAt) =>
        Insert("INSERT INTO sessions(token, user_id, expires_at) VALUES ($1, $2, $3)", token, user, expiresAt);

    public void AddUsers(IEnumerable<string> names)
    {
        var hash = HashOf(Password);
        Together(() =>
        {
            foreach (var name in names)
                AddUser(name, hash);
        });
    }

    /// <summary>In one transaction.</summary>
    public void Together(Action add)
    {
        Run("BEGIN");
        add();
        Run("COMMIT");
    }

    /// <summary>As the predecessor hashed: version 2b, but by default of the lowest cost there is.</summary>
    public static string HashOf(string password, int cost = 4) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(cost, 'b'));

    public void Dispose() => _connection.Dispose();

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Insert(string sql, params object?[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"{sql}; SELECT last_insert_rowid()";
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return (long)(command.ExecuteScalar() ?? 0L);
    }
}
