using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parley.Server.Hosting;

namespace Parley.Server.Storage.Sqlite;

/// <summary>
/// One server a database: two would each know half of who is here. The lock goes with the process, however it dies.
/// On Linux it lies on the database file itself, so that it holds whatever name the file is opened by, a link or a second hard link included: a lock of the
/// open file (fcntl's F_OFD_SETLK) on a byte that SQLite never locks. SQLite's own locks are the process's, and go when that closes any descriptor of the file.
/// So this one is opened before SQLite opens the file and closed after, and nothing else in the process opens it meanwhile.
/// Elsewhere it is a file beside the database.
/// </summary>
internal sealed partial class SqliteFileLock : IDisposable
{
    // fcntl(2): the lock is the open file's, and not the process's.
    private const int SetOpenFileLock = 37;
    private const short Exclusive = 1;

    // Far behind all that SQLite locks (1 GiB and 510 bytes) and all that a database can hold.
    private const long LockedByte = 1L << 62;

    private readonly FileStream _file;
    private readonly bool _isMade;

    private SqliteFileLock(FileStream file, string path, bool isMade) => (_file, DatabasePath, _isMade) = (file, path, isMade);

    /// <summary>What is locked.</summary>
    public string DatabasePath { get; }

    /// <summary>Makes an empty file where there is none. A file that was empty and is so still when the lock goes is removed.</summary>
    /// <param name="databasePath">As <see cref="SqlitePath.Resolve"/> gave it.</param>
    /// <param name="whenTaken">What to say where another server has it.</param>
    /// <exception cref="StartupException">Another server has it, or it may not be opened.</exception>
    public static SqliteFileLock Take(string databasePath, string? whenTaken = null)
    {
        var path = OperatingSystem.IsLinux() ? databasePath : $"{databasePath}.lock";
        try
        {
            while (true)
            {
                var file = TryOpen(path, out var isMade);
                if (file is null)
                    continue; // It was removed just now.
                if (OperatingSystem.IsWindows() || IsAt(file, path))
                    return new SqliteFileLock(file, databasePath, isMade || file.Length == 0); // Empty: who made it may have been slower to lock it.
                file.Dispose();
            }
        }
        catch (IOException e) when (File.Exists(path) && e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StartupException(whenTaken ?? $"The database '{databasePath}' is in use by another server. Stop it, or choose another file with --db.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database '{databasePath}' cannot be locked ({e.Message.TrimEnd('.')}).");
        }
    }

    public void Dispose()
    {
        // While it is locked: afterwards it could be somebody else's.
        if (!OperatingSystem.IsWindows() && _isMade && _file.Length == 0 && IsAt(_file, _file.Name))
            Remove(_file.Name);
        _file.Dispose();
    }

    // Windows removes what nobody else can have opened. Elsewhere the lock's owner does, and nobody who finds that the lock is not of use.
    private static FileStream? TryOpen(string path, out bool isMade)
    {
        isMade = !File.Exists(path);
        try
        {
            return Open(path, isMade ? FileMode.CreateNew : FileMode.Open);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException) when (isMade && File.Exists(path))
        {
            return null; // Somebody else has made it.
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsLinux() ? FileShare.ReadWrite | FileShare.Delete : FileShare.None, // None is .NET's own lock.
            BufferSize = 1,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
            // SQLite gives the log beside it the same mode.
            options.UnixCreateMode = mode != FileMode.CreateNew ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsLinux())
            return file;
        var range = new LockRange { Kind = Exclusive, Start = LockedByte, Length = 1 };
        if (Control(file.SafeFileHandle, SetOpenFileLock, ref range) == 0)
            return file;
        var reason = Marshal.GetLastPInvokeErrorMessage();
        file.Dispose();
        throw new IOException(reason);
    }

    // Who opened the file just before its owner removed it, or put another one in its place, has locked one that nobody else will ever find.
    private static bool IsAt(FileStream file, string path)
    {
        if (OperatingSystem.IsLinux())
            return FileStatus.Of(file.SafeFileHandle)?.IsSameFileAs(FileStatus.Of(path)) ?? false;
        // A moment that is written into this one and found at the path says that both are the same; it is read back, since not every file system keeps it to
        // the second.
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(Random.Shared.Next()));
        return File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It means nothing by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, ref LockRange range);

    // struct flock of a system of 64 bits.
    [StructLayout(LayoutKind.Sequential)]
    private struct LockRange
    {
        public short Kind;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
