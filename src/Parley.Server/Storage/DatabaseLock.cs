using Parley.Server.Hosting;

namespace Parley.Server.Storage;

/// <summary>One server a database: two would each know half of who is here. The lock goes with the process, however it dies.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">Another server has it, or the file of the lock may not be written.</exception>
    public static DatabaseLock Take(string databasePath)
    {
        var path = $"{databasePath}.lock";
        try
        {
            while (true)
            {
                // Windows removes what nobody else can have opened. Elsewhere the lock's owner does, and nobody who finds that the lock is not of use.
                var file = new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
                if (OperatingSystem.IsWindows() || IsAt(file, path))
                    return new DatabaseLock(file);
                file.Dispose();
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartupException($"The database '{databasePath}' is in use by another server. Stop it, or choose another file with --db.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database '{databasePath}' cannot be locked ({e.Message.TrimEnd('.')}).");
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            Remove(_file.Name); // While it is locked: afterwards it could be somebody else's.
        _file.Dispose();
    }

    // Who opened the file just before its owner removed it has locked one that nobody else will ever find. A moment that is written into this one and found at
    // the path says that both are the same; it is read back, since not every file system keeps it to the second.
    private static bool IsAt(FileStream file, string path)
    {
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
}
