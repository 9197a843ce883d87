using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Server.Storage.Sqlite;

/// <summary>A connection to a file of SQLite.</summary>
internal sealed class SqliteDatabaseConnection : DatabaseConnection
{
    private const int MillisecondsToWaitForALock = 5_000;

    // SQLITE_DBCONFIG_ENABLE_QPSG (https://www.sqlite.org/c3ref/c_dbconfig_defensive.html).
    private const int EnablePlannerStability = 1007;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;

    public SqliteDatabaseConnection(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle ?? throw new ArgumentException("The connection is closed.", nameof(connection));
        _ = raw.sqlite3_busy_timeout(_database, MillisecondsToWaitForALock);
        // Or the planner looks at what is bound (to a LIMIT, say), and a kept statement is parsed anew each time: coming back by token took six times as long.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(_database, EnablePlannerStability, 1, out _), _database);
    }

    public override long TotalChanges => raw.sqlite3_total_changes(_database);

    protected override Statement Create(string sql) => new SqliteStatement(_database, sql);

    /// <summary>SQLite's own handle, for what has no word here.</summary>
    public sqlite3 Handle => _database;

    /// <summary>The id that the latest INSERT made.</summary>
    public long LastInsertedId => raw.sqlite3_last_insert_rowid(_database);

    public override void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of ours; what people write goes into parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public override void BeginWrite() => Prepare("BEGIN IMMEDIATE").Execute();

    public override void BeginRead() => Prepare("BEGIN").Execute();

    public override void Commit() => Prepare("COMMIT").Execute();

    public override void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some errors have undone it already.
        }
    }

    public override void BeginSavepoint() => Prepare("SAVEPOINT item").Execute();

    public override void UndoSavepoint() => Prepare("ROLLBACK TO item").Execute();

    public override void EndSavepoint() => Prepare("RELEASE item").Execute();

    protected override void Dispose(bool disposing)
    {
        DisposeStatements();
        _connection.Dispose();
    }
}
