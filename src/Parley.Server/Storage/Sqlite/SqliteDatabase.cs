using Microsoft.Data.Sqlite;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage.Sqlite;

/// <summary>The database file: one connection that writes, and as many that read as are needed at once. Readers never wait for the writer (WAL).</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _path;

    // No connection is used by two threads at once, so SQLite need not lock each of its calls: that took a twentieth of the writer's time. To be said before
    // anything is opened (https://www.sqlite.org/threadsafe.html).
    static SqliteDatabase()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private SqliteDatabase(string path, SqliteDatabaseConnection writer)
    {
        _path = path;
        Writer = writer;
        Log = new SqliteDraftLog(writer);
    }

    public override DatabaseConnection Writer { get; }

    public override IDraftLog Log { get; }

    /// <summary>Opens a file that <see cref="SqliteFile"/> has looked at, and brings it to this program's schema.</summary>
    public static SqliteDatabase Open(string path, TimeProvider time)
    {
        var writer = Connect(path);
        try
        {
            var db = new SqliteDatabaseConnection(writer);
            // FULL syncs the log at each commit: what was acknowledged survives the machine's death, not only the process's. What is deleted is overwritten.
            db.Execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;");
            SqliteMigrator.Run(db, path, time);
            return new SqliteDatabase(path, db);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    // Busy, no memory, I/O error, damaged, full, cannot be opened (https://www.sqlite.org/rescode.html).
    public override bool IsOutage(Exception exception) => exception is SqliteException { SqliteErrorCode: 5 or 7 or 10 or 11 or 13 or 14 };

    protected override DatabaseConnection OpenReader()
    {
        var reader = new SqliteDatabaseConnection(Connect(_path));
        reader.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -4000;");
        return reader;
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5, // Seconds that a statement waits for another process's lock.
        }.ConnectionString);
        connection.Open();
        return connection;
    }
}
