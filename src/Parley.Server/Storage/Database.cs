using System.Collections.Concurrent;
using System.Data.Common;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage;

/// <summary>The database: one connection that writes, and as many that read as the engine allows at once.</summary>
internal abstract class Database : IDisposable
{
    private readonly ConcurrentBag<DatabaseConnection> _readers = [];

    /// <summary>The one connection that writes; it belongs to the write queue.</summary>
    public abstract DatabaseConnection Writer { get; }

    /// <summary>What places drafts in the logs, by <see cref="Writer"/>.</summary>
    public abstract IDraftLog Log { get; }

    /// <summary>Whether an exception is the database's (its disk is full, its file is locked) and no bug of ours: what it was is known in here only.</summary>
    public static bool IsFault(Exception exception) => exception is DbException;

    /// <summary>Reads by a connection of its own, from one consistent state of the data.</summary>
    public virtual T Read<T>(Func<DatabaseConnection, T> read)
    {
        if (!_readers.TryTake(out var reader))
            reader = OpenReader();
        // A transaction, so that several statements see the same state; where one fails the connection is not used again.
        try
        {
            reader.BeginRead();
            var result = read(reader);
            reader.Commit();
            _readers.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Whether the database itself is out of order, so that no statement could do better.</summary>
    public abstract bool IsOutage(Exception exception);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract DatabaseConnection OpenReader();

    protected virtual void Dispose(bool disposing)
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        Writer.Dispose(); // The last to close moves SQLite's log into the file.
    }
}
