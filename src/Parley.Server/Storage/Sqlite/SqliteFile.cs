using System.Text;
using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;

namespace Parley.Server.Storage.Sqlite;

/// <summary>Looks at the database file before anything is written to it: a file that this program cannot use stays as it was.</summary>
internal static class SqliteFile
{
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("SQLite format 3\0");

    // What a new database and its log take, and some messages.
    private const long LeastFreeBytes = 1024 * 1024;

    /// <summary>Whether a database can be there at all; before it is locked.</summary>
    /// <param name="path">As <see cref="SqlitePath.Resolve"/> gave it.</param>
    /// <exception cref="StartupException">It cannot; the message says why and what to do.</exception>
    public static void CheckFolder(string path)
    {
        var folder = FolderOf(path);
        if (!Directory.Exists(folder))
            throw new StartupException($"The database's folder '{folder}' does not exist. Create it, or choose another place with --db.");
        CheckWritable(path, folder);
    }

    /// <summary>
    /// What is in it. It opens the file by SQLite and closes it again: never in a process that has the database open, whose locks would go by that, and only
    /// under <see cref="SqliteFileLock"/>: SQLite puts a log beside the name that it is given, which is a foreign one where a server has the file by another.
    /// </summary>
    /// <exception cref="StartupException">The file cannot be used; the message says why and what to do.</exception>
    public static void Check(string path)
    {
        var needed = new FileInfo(path) is { Exists: true, Length: > 0 } ? CheckExisting(path) : LeastFreeBytes;
        if (new DriveInfo(FolderOf(path)).AvailableFreeSpace < needed)
            throw new StartupException($"The disk that holds '{path}' is full. Free some space and start again.");
    }

    /// <summary>Opens the file for the server, bringing its schema up to date.</summary>
    /// <exception cref="StartupException">The disk is full, or another process holds the file.</exception>
    public static Database Open(string path, TimeProvider time)
    {
        var isNew = new FileInfo(path) is not { Exists: true, Length: > 0 };
        try
        {
            if (!File.Exists(path))
                OwnerOnlyFile.Create(path); // SQLite gives the log beside it the same mode.
            return SqliteDatabase.Open(path, time);
        }
        catch (SqliteException e)
        {
            if (isNew)
                Undo(path);
            throw new StartupException(e.SqliteErrorCode switch
            {
                13 or 10 => $"The disk that holds '{path}' is full or failing. Free some space and start again.", // SQLITE_FULL, SQLITE_IOERR
                5 or 6 => $"The database '{path}' is held by another program. Stop it and start again.", // SQLITE_BUSY, SQLITE_LOCKED
                8 => $"The database '{path}' is read-only. Make the file and its folder writable.", // SQLITE_READONLY
                _ => $"The database '{path}' cannot be opened ({e.Message.TrimEnd('.')}).",
            });
        }
    }

    // What was begun is no database. The empty file is removed by the lock, where that has made it.
    private static void Undo(string path)
    {
        foreach (var suffix in (string[])["-wal", "-shm", "-journal"])
            File.Delete(path + suffix);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(0);
    }

    // Answers how many bytes are needed beside the file.
    private static long CheckExisting(string path)
    {
        try
        {
            CheckMagic(path);
            using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly));
            var version = db.Prepare("PRAGMA user_version").Integer() ?? 0;
            if (version > SchemaVersion.Current)
                throw new StartupException($"The database '{path}' was written by a newer version of Parley (its schema is {version}, this program knows " +
                    $"{SchemaVersion.Current}). Update this program.");
            // Other programs count their versions from one, too.
            if (version != 0 ? version < 0 || !IsOurs(db) : db.Prepare("SELECT COUNT(*) FROM sqlite_master").Integer() > 0 && !IsPredecessors(db))
                throw new StartupException($"The database '{path}' belongs to another program. Choose another file with --db.");
            return version == SchemaVersion.Current ? LeastFreeBytes : LeastFreeBytes + (3 * new FileInfo(path).Length);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 26 or 11) // SQLITE_NOTADB, SQLITE_CORRUPT
        {
            throw new StartupException($"The file '{path}' is no database, or a damaged one. Choose another file with --db, or restore a copy.");
        }
        catch (SqliteException e)
        {
            throw new StartupException($"The database '{path}' cannot be opened ({e.Message.TrimEnd('.')}). Check the file and its permissions.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The database '{path}' cannot be read. Check its permissions.");
        }
    }

    /// <summary>The schema's version of a file that <see cref="Check"/> has looked at.</summary>
    public static long VersionOf(string path)
    {
        using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly));
        return db.Prepare("PRAGMA user_version").Integer() ?? 0;
    }

    /// <summary>For commands that only read: whether the file is a database at all.</summary>
    /// <exception cref="StartupException">It is not.</exception>
    public static void CheckReadable(string path)
    {
        try
        {
            CheckMagic(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database '{path}' cannot be read. Check its permissions.");
        }
    }

    private static void CheckMagic(string path)
    {
        var head = new byte[Magic.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().SequenceEqual(Magic))
            throw new StartupException($"The file '{path}' is no database. Choose another file with --db.");
    }

    private static bool IsOurs(DatabaseConnection db) =>
        db.Prepare("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('users', 'channels', 'messages', 'events', 'sessions', " +
            "'read_positions', 'properties')").Integer() == 7;

    private static bool IsPredecessors(DatabaseConnection db) => Predecessor.Tables.All(table =>
    {
        var columns = db.Prepare("SELECT name FROM pragma_table_info(@table)").Set("@table", table.Key).All(r => r.Text(0));
        return table.Value.All(columns.Contains);
    });

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";

    private static void CheckWritable(string path, string folder)
    {
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var readOnly = $"The database '{path}' is read-only. Make the file and its folder writable, or choose another file with --db.";
        try
        {
            if (File.Exists(path))
            {
                // The superuser may write anything; a file without any write bit is still meant to be left alone.
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyWrite) == 0)
                    throw new StartupException(readOnly);
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
            }

            // The log stands beside the file, so the folder has to be writable, too.
            var probe = Path.Combine(folder, $".parley-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(readOnly);
        }
    }
}
