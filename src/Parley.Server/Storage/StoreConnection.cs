using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Server.Storage;

/// <summary>A connection to the database with its statements, prepared once and kept. Used by one thread at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    private const int MillisecondsToWaitForALock = 5_000;

    // SQLITE_DBCONFIG_ENABLE_QPSG (https://www.sqlite.org/c3ref/c_dbconfig_defensive.html).
    private const int EnablePlannerStability = 1007;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;

    // By the text itself and not by what it says: every text is a constant, and hashing 300 letters took longer than binding them.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    public StoreConnection(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle ?? throw new ArgumentException("The connection is closed.", nameof(connection));
        _ = raw.sqlite3_busy_timeout(_database, MillisecondsToWaitForALock);
        // Or the planner looks at what is bound (to a LIMIT, say), and a kept statement is parsed anew each time: coming back by token took six times as long.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(_database, EnablePlannerStability, 1, out _), _database);
    }

    /// <summary>The statement of this text, which is to be a constant: each text that is put together anew would be kept for itself.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(_database, sql));
        return statement;
    }

    /// <summary>SQLite's own handle, for what has no word here.</summary>
    public sqlite3 Handle => _database;

    /// <summary>The id that the latest INSERT made.</summary>
    public long LastInsertedId => raw.sqlite3_last_insert_rowid(_database);

    /// <summary>Rows that were inserted, changed or deleted since the connection was opened.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_database);

    /// <summary>Carries out statements that are not worth keeping.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of ours; what people write goes into parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
