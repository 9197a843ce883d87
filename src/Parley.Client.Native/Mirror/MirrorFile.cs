using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Client.Connection;

namespace Parley.Client.Native.Mirror;

/// <summary>The file of one account's mirror: its name, its making, its end.</summary>
internal static class MirrorFile
{
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;
    private const string AsideSuffix = ".broken";

    /// <summary>Where the mirror of an account lies; user names are the same whatever their case, and so are their files.</summary>
    /// <param name="folder">The folder of the mirrors.</param>
    /// <param name="server">The server.</param>
    /// <param name="username">As the server says it: whatever that is, the file lies in the folder.</param>
    internal static string PathOf(string folder, ServerAddress server, string username) =>
        Path.Combine(folder, $"{PrefixOf(server)}{NameOf(username)}.db");

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <exception cref="IOException">It cannot be made or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    /// <exception cref="SqliteException">It can be opened and not used; damaged, perhaps (<see cref="IsDamage"/>).</exception>
    internal static SqliteConnection Open(string path)
    {
        Create(path);
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
            using var version = connection.CreateCommand();
            version.CommandText = "PRAGMA user_version";
            var known = Convert.ToInt32(version.ExecuteScalar(), CultureInfo.InvariantCulture);
            if (known > MirrorSchema.Version)
                throw new IOException("The mirror was written by a newer version of this program.");
            if (known < MirrorSchema.Version)
                Execute(connection, $"BEGIN IMMEDIATE; {MirrorSchema.From(known)} PRAGMA user_version={MirrorSchema.Version}; COMMIT; PRAGMA wal_checkpoint(TRUNCATE);");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a file that cannot be read beside where it was, for whoever wants to look into it.</summary>
    internal static void PutAside(string path)
    {
        File.Move(path, path + AsideSuffix, overwrite: true);
        Delete(path);
    }

    /// <summary>A second connection, for reading.</summary>
    internal static SqliteConnection OpenForReading(string path) => Connect(path, SqliteOpenMode.ReadOnly);

    /// <summary>Removes all that there ever was of an account: what was put aside, too.</summary>
    /// <returns>What could not be removed; null where nothing is left.</returns>
    internal static Exception? Erase(string path) => EraseEach([.. Parts(path), path + AsideSuffix]);

    /// <summary>Removes all that there ever was of a server's accounts. None of their mirrors may be open.</summary>
    /// <returns>What could not be removed; null where nothing is left.</returns>
    internal static Exception? EraseAll(string folder, ServerAddress server) =>
        Directory.Exists(folder) ? EraseEach(Directory.GetFiles(folder, PrefixOf(server) + "*")) : null;

    /// <summary>Whether the file is damaged, or holds what was never written into it, and is not merely out of reach for now.</summary>
    internal static bool IsDamage(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: SqliteNotADatabase or SqliteCorrupt } => true,
        ArgumentException or FormatException or OverflowException or InvalidCastException => true,
        _ => false,
    };

    // Where one of them is held by another program (on Windows a search index or a virus scanner is enough), the others go all the same.
    private static Exception? EraseEach(IEnumerable<string> paths)
    {
        Exception? failure = null;
        foreach (var path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        }

        return failure;
    }

    private static void Delete(string path)
    {
        foreach (var part in Parts(path))
            File.Delete(part);
    }

    // The file and what SQLite keeps beside it.
    private static string[] Parts(string path) => [path, path + "-wal", path + "-shm"];

    private static string PrefixOf(ServerAddress server) => string.Create(CultureInfo.InvariantCulture, $"{NameOf(server.Host)}_{server.Port}_");

    private static string NameOf(string text) =>
        string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));

    // Made before SQLite makes it: what people wrote to each other is nobody else's on this machine. The files beside it get the same rights.
    private static void Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
