using Parley.Server.Hosting;

namespace Parley.Server.Storage;

/// <summary>One server a database: two would each know half of who is here. The lock goes with the process, however it dies.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">Another server has it.</exception>
    public static DatabaseLock Take(string databasePath)
    {
        try
        {
            return new DatabaseLock(new FileStream($"{databasePath}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database '{databasePath}' is in use by another server. Stop it, or choose another file with --db.");
        }
    }

    public void Dispose() => _file.Dispose();
}
