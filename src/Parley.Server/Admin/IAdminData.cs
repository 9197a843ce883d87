using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>The data that a command works on.</summary>
internal interface IAdminData
{
    /// <summary>Now, in microseconds after the Unix epoch.</summary>
    long Now { get; }

    /// <summary>Reads from one consistent state.</summary>
    T Read<T>(Func<DatabaseConnection, T> read);

    /// <summary>
    /// Writes in a transaction (of a running server: in the write queue, so the same rules hold as for a handler). What answers that it was not done is undone;
    /// else it is told to the clients that it concerns, once it is on disk.
    /// </summary>
    Task<AdminAnswer> WriteAsync(Func<DatabaseConnection, AdminChange> write, CancellationToken cancellationToken);
}
