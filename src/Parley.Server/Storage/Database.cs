using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Parley.Server.Storage;

/// <summary>The database file: one connection that writes, and as many that read as are needed at once. Readers never wait for the writer (WAL).</summary>
internal sealed class Database : IDisposable
{
    private readonly string _path;
    private readonly ConcurrentBag<StoreConnection> _readers = [];

    // No connection is used by two threads at once, so SQLite need not lock each of its calls: that took a twentieth of the writer's time. To be said before
    // anything is opened (https://www.sqlite.org/threadsafe.html).
    static Database()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private Database(string path, StoreConnection writer)
    {
        _path = path;
        Writer = writer;
    }

    /// <summary>The one connection that writes; it belongs to the write queue.</summary>
    public StoreConnection Writer { get; }

    /// <summary>Whether an exception is the database's (its disk is full, its file is locked) and no bug of ours: what it was is known in here only.</summary>
    public static bool IsFault(Exception exception) => exception is SqliteException;

    /// <summary>Opens a file that <see cref="DatabaseFile"/> has looked at, and brings it to this program's schema.</summary>
    public static Database Open(string path, TimeProvider time)
    {
        var writer = Connect(path);
        try
        {
            var store = new StoreConnection(writer);
            // FULL syncs the log at each commit: what was acknowledged survives the machine's death, not only the process's. What is deleted is overwritten.
            store.Execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;");
            Migrations.Migrator.Run(store, path, time);
            return new Database(path, store);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Reads by a connection of its own, from one consistent state of the data.</summary>
    public T Read<T>(Func<StoreConnection, T> read)
    {
        if (!_readers.TryTake(out var reader))
        {
            reader = new StoreConnection(Connect(_path));
            reader.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -4000;");
        }

        // A transaction, so that several statements see the same state; where one fails the connection is not used again.
        try
        {
            reader.Prepare("BEGIN").Execute();
            var result = read(reader);
            reader.Prepare("COMMIT").Execute();
            _readers.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        Writer.Dispose(); // The last to close moves the log into the file.
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
