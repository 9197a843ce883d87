using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Maintenance;

/// <summary>Copies of the data, and the way back.</summary>
internal static class DatabaseCopy
{
    /// <summary>Writes a whole copy of what was committed, readable by its owner alone; the server may run meanwhile.</summary>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="StartupException">There is no such database, the copy exists, or it cannot be written.</exception>
    public static long Backup(string database, string copy)
    {
        if (!File.Exists(database))
            throw new StartupException($"There is no database '{database}'. Name one with --db.");
        DatabaseFile.CheckReadable(database);
        var target = Path.GetFullPath(copy);
        if (File.Exists(target) || Directory.Exists(target))
            throw new StartupException($"'{copy}' exists already. Choose another name: a copy is never written over.");

        // Under another name until it is whole: a copy that was cut off is not taken for one.
        var unfinished = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFile.Create(unfinished);
            using (var store = new StoreConnection(Database.Connect(database, SqliteOpenMode.ReadOnly)))
                store.Prepare("VACUUM INTO @copy").Set("@copy", unfinished).Execute();
            using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(unfinished, target, overwrite: false);
            return new FileInfo(target).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            Drop(unfinished);
            throw new StartupException($"The copy '{copy}' cannot be written ({e.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Puts a copy in the database's place. Clients see a new epoch and load afresh, since numbers after the copy was made mean nothing any more.</summary>
    /// <returns>Where what was there before is kept; null where nothing was.</returns>
    /// <exception cref="StartupException">The copy is none, or the server runs.</exception>
    public static string? Restore(string copy, string database, TimeProvider time)
    {
        var report = DatabaseCheck.Run(copy);
        if (report.Findings.Count > 0)
            throw new StartupException($"The copy '{copy}' is damaged ({report.Findings[0].TrimEnd('.')}). Nothing was changed.");
        var target = Path.GetFullPath(database);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new StartupException($"The folder of '{database}' does not exist. Create it first.");
        using var held = DatabaseLock.Take(target);
        var unfinished = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFile.Create(unfinished);
            using (var source = new StoreConnection(Database.Connect(copy, SqliteOpenMode.ReadOnly)))
                source.Prepare("VACUUM INTO @copy").Set("@copy", unfinished).Execute();
            StartNewEpoch(unfinished);
            var kept = KeepCurrent(target, time);
            File.Move(unfinished, target, overwrite: false);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            Drop(unfinished);
            throw new StartupException($"'{copy}' cannot be restored ({e.Message.TrimEnd('.')}).");
        }
    }

    private static void Drop(string unfinished)
    {
        if (File.Exists(unfinished)) // Where its folder does not exist, File.Delete would throw.
            File.Delete(unfinished);
    }

    private static void StartNewEpoch(string path)
    {
        using var store = new StoreConnection(Database.Connect(path, SqliteOpenMode.ReadWrite));
        store.Execute("PRAGMA synchronous = FULL");
        if (store.Prepare("SELECT COUNT(*) FROM sqlite_master WHERE name = 'properties'").Integer() > 0)
            store.Prepare("UPDATE properties SET value = @epoch WHERE name = 'epoch'").Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))).Execute();
    }

    // The log of a server that was killed belongs to the file: it goes with it.
    private static string? KeepCurrent(string path, TimeProvider time)
    {
        string[] suffixes = ["", "-wal", "-shm"];
        // A log without its file, too: SQLite would play it into the copy that takes the file's place.
        if (!suffixes.Any(suffix => File.Exists(path + suffix)))
            return null;
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var kept = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.before-restore-{stamp}.db");
        foreach (var suffix in suffixes)
        {
            if (File.Exists(path + suffix))
                File.Move(path + suffix, kept + suffix, overwrite: false);
        }

        return kept;
    }
}
