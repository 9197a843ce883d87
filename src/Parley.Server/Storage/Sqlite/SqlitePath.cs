using Parley.Server.Hosting;
using Parley.Server.Storage.Postgres;

namespace Parley.Server.Storage.Sqlite;

/// <summary>What was given with <c>--db</c>: looked at without being opened, for a pipe would never answer and a device never end.</summary>
internal static class SqlitePath
{
    /// <summary>The file itself, with links followed: what stands beside a database (log, lock, socket, copies) stands beside this.</summary>
    /// <exception cref="StartupException">It can be no database; the message says why.</exception>
    public static string Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new StartupException("--db needs the name of a file.");
        if (PostgresAddress.IsOne(path))
            throw new StartupException("This works on a file alone; for PostgreSQL use its own tools, such as pg_dump.");
        try
        {
            var full = Path.GetFullPath(path);
            if (Path.EndsInDirectorySeparator(full))
                throw new StartupException($"The database '{path}' is a folder. Choose a file with --db.");
            var target = new FileInfo(full).LinkTarget is null ? null : File.ResolveLinkTarget(full, returnFinalTarget: true);
            if (target is { Exists: false } && !Path.Exists(target.FullName))
                throw new StartupException($"The database '{path}' is a link to '{target.FullName}', which does not exist. Create the file's folder and " +
                    $"name the file itself with --db.");
            full = target?.FullName ?? full;
            if (Directory.Exists(full))
                throw new StartupException($"The database '{path}' is a folder. Choose a file with --db.");
            if (FileStatus.Of(full) is { Kind: not FileKind.Regular } other)
                throw new StartupException($"The database '{path}' is no file but {Words(other.Kind)}. Choose a file with --db.");
            return full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"The database '{path}' cannot be used ({e.Message.TrimEnd('.')}). Choose another file with --db.");
        }
    }

    /// <summary>The same for a database that has to be there.</summary>
    /// <exception cref="StartupException">It is not, or it can be no database.</exception>
    public static string ResolveExisting(string path)
    {
        var full = Resolve(path);
        return File.Exists(full) ? full : throw new StartupException($"There is no database '{path}'. Name one with --db.");
    }

    private static string Words(FileKind kind) => kind switch
    {
        FileKind.Device => "a device",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "something else",
    };
}
