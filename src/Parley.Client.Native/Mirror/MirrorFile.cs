using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Client.Connection;

namespace Parley.Client.Native.Mirror;

/// <summary>The file of one account's mirror: its name, its making, its schema.</summary>
internal static class MirrorFile
{
    private const int Version = 2;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;
    private const string AsideSuffix = ".broken";

    private const string Schema =
        """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE channels(id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
        CREATE TABLE conversations(id INTEGER PRIMARY KEY, place INTEGER NOT NULL, with_id INTEGER NOT NULL, with_username TEXT NOT NULL);
        CREATE TABLE members(id INTEGER PRIMARY KEY, username TEXT NOT NULL);
        CREATE TABLE logs(channel_id INTEGER PRIMARY KEY, last_number INTEGER NOT NULL, read_number INTEGER NOT NULL, unread INTEGER NOT NULL,
            mentions INTEGER NOT NULL);
        CREATE TABLE held(channel_id INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(channel_id, first)) WITHOUT ROWID;
        CREATE TABLE events(
            channel_id INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, message_id INTEGER NOT NULL, author_id INTEGER NOT NULL,
            author TEXT NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL, mentions TEXT, PRIMARY KEY(channel_id, number)) WITHOUT ROWID;
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, nonce TEXT NOT NULL UNIQUE, channel_id INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
            written_at INTEGER NOT NULL, failure TEXT);
        """;

    // Version 1 did not know whom a message means. The server tells it with each event, so they are fetched again; what waits to be said stays.
    private const string FromVersion1 =
        """
        ALTER TABLE logs ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE events ADD COLUMN mentions TEXT;
        DELETE FROM events;
        DELETE FROM held;
        """;

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
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            using var version = connection.CreateCommand();
            version.CommandText = "PRAGMA user_version";
            switch (Convert.ToInt32(version.ExecuteScalar(), CultureInfo.InvariantCulture))
            {
                case 0:
                    Execute(connection, $"BEGIN IMMEDIATE; {Schema} PRAGMA user_version={Version}; COMMIT;");
                    break;
                case 1:
                    Execute(connection, $"BEGIN IMMEDIATE; {FromVersion1} PRAGMA user_version={Version}; COMMIT;");
                    break;
                case Version:
                    break;
                default:
                    throw new IOException("The mirror was written by a newer version of this program.");
            }

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
