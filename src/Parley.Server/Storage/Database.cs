using System.Data.Common;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage;

/// <summary>The database: one connection that writes, and as many that read as the engine allows at once.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>The one connection that writes; it belongs to the write queue.</summary>
    public abstract StoreConnection Writer { get; }

    /// <summary>What places drafts in the logs, by <see cref="Writer"/>.</summary>
    public abstract IDraftLog Log { get; }

    /// <summary>Whether an exception is the database's (its disk is full, its file is locked) and no bug of ours: what it was is known in here only.</summary>
    public static bool IsFault(Exception exception) => exception is DbException;

    /// <summary>Reads from one consistent state of the data.</summary>
    public abstract T Read<T>(Func<StoreConnection, T> read);

    /// <summary>Whether the database itself is out of order, so that no statement could do better.</summary>
    public abstract bool IsOutage(Exception exception);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
