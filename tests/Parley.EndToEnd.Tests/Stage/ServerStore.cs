using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>
/// The file of a server that is not running, for what no test can wait for: thousands of messages, or those of last month. Everything is one transaction.
/// </summary>
internal sealed class ServerStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private ServerStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        _transaction = _connection.BeginTransaction();
    }

    /// <summary>The id of the channel that is always there.</summary>
    internal const long General = 1;

    /// <summary>Ends a server, changes its file, and starts it again.</summary>
    internal static async Task ChangeAsync(ServerProcess server, Action<ServerStore> change)
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
    internal void Execute(string sql) => Command(sql).ExecuteNonQuery();

    /// <summary>Somebody who cannot log in.</summary>
    internal long AddUser(string name, string text = "") =>
        Insert("INSERT INTO users(username, password_hash, created_at, status_text) VALUES($1, 'none', '2026-01-02 03:04:05', $2)", name, text);

    internal long FindUser(string name) => (long)(Command("SELECT id FROM users WHERE username = $1", name).ExecuteScalar() ?? 0L);

    internal long AddChannel(string name, string description = "") =>
        Insert("INSERT INTO channels(name, description, created_at) VALUES($1, $2, '2026-01-02 03:04:05')", name, description);

    internal long AddConversation(long one, long other)
    {
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return Insert(
            "INSERT INTO channels(name, created_at, low_user_id, high_user_id) VALUES($1, '2026-01-02 03:04:05', $2, $3)",
            string.Create(CultureInfo.InvariantCulture, $"@{low}:{high}"), low, high);
    }

    /// <summary>Puts a message at the end of a log. Times must not fall.</summary>
    internal void Say(long channel, long author, string content, DateTimeOffset at, string kind = "message")
    {
        var microseconds = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        Command("UPDATE channels SET last_number = last_number + 1 WHERE id = $1", channel).ExecuteNonQuery();
        var message = Insert(
            "INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number) SELECT id, $2, $3, $4, $5, last_number FROM channels WHERE id = $1",
            channel, author, content, kind, microseconds);
        Command(
            "INSERT INTO events(channel_id, number, kind, message_id, actor_id, at) SELECT id, last_number, $2, $3, $4, $5 FROM channels WHERE id = $1",
            channel, kind, message, author, microseconds).ExecuteNonQuery();
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private long Insert(string sql, params object[] values) => (long)(Command(sql + " RETURNING id", values).ExecuteScalar() ?? 0L);

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i]);
        return command;
    }
}
