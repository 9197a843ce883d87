using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;
using SQLitePCL;

namespace Parley.Server.Maintenance;

/// <summary>
/// Puts a copy in the database's place. At no moment is there nothing: the new file is made whole beside the former one, and takes its name by one rename. What
/// was there keeps a second name.
/// </summary>
internal static class DatabaseRestore
{
    /// <summary>Clients see a new epoch afterwards and load afresh, since numbers after the copy was made mean nothing any more.</summary>
    /// <param name="copy">Made by <see cref="DatabaseCopy.Backup"/>; a file of the predecessor serves, too.</param>
    /// <param name="database">What it takes the place of; of a link what that leads to.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Where what was there before is kept; null where nothing was.</returns>
    /// <exception cref="StartupException">The copy is none, or the server runs.</exception>
    public static string? Run(string copy, string database, TimeProvider time)
    {
        var source = CheckCopy(copy);
        var target = SqlitePath.Resolve(database);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new StartupException($"The folder of '{database}' does not exist. Create it first.");
        if (FileStatus.Of(source) is { } one && one.IsSameFileAs(FileStatus.Of(target)))
            throw new StartupException($"The copy '{copy}' is the database itself. Nothing was changed.");
        var owner = FileStatus.Of(target) ?? FileStatus.Of(Path.GetDirectoryName(target) ?? "/");
        var isThere = File.Exists(target);
        using var held = SqliteFileLock.Take(target);
        var unfinished = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            OwnerOnlyFile.Create(unfinished);
            Fill(unfinished, source);
            TakeAfter(unfinished, owner, isThere);
            DurableFile.Sync(unfinished);
            var kept = isThere || File.Exists(target + "-wal") ? KeepFormer(target, time) : null;
            File.Move(unfinished, target, overwrite: true);
            DurableFile.SyncFolderOf(target);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            File.Delete(unfinished);
            throw new StartupException($"'{copy}' cannot be restored ({e.Message.TrimEnd('.')}).");
        }
    }

    private static string CheckCopy(string copy)
    {
        if (string.IsNullOrWhiteSpace(copy))
            throw new StartupException("A copy needs the name of a file.");
        var report = DatabaseCheck.Run(copy);
        if (report.Findings.Count > 0)
            throw new StartupException($"The copy '{copy}' is damaged ({report.Findings[0].TrimEnd('.')}). Nothing was changed.");
        using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(copy, SqliteOpenMode.ReadOnly));
        if (SqliteSchemaComparison.Find(db) is { } difference)
            throw new StartupException($"'{copy}' is no copy of a Parley database: {difference}. Nothing was changed.");
        return Path.GetFullPath(copy);
    }

    private static void Fill(string unfinished, string source)
    {
        using (var from = new SqliteDatabaseConnection(SqliteDatabase.Connect(source, SqliteOpenMode.ReadOnly)))
            from.Prepare("VACUUM INTO @copy").Set("@copy", unfinished).Execute();
        using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(unfinished, SqliteOpenMode.ReadWrite));
        // Of what was written, and not of what was looked at: somebody may have changed the copy between.
        if (SqliteSchemaComparison.Find(db) is { } difference)
            throw new IOException($"the copy was changed meanwhile: {difference}");
        db.Execute("PRAGMA synchronous = FULL");
        if (db.Prepare("SELECT COUNT(*) FROM sqlite_master WHERE name = 'properties'").Integer() > 0)
            db.Prepare("UPDATE properties SET value = @epoch WHERE name = 'epoch'")
                .Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))).Execute();
    }

    // Who ran the server before can run it afterwards, also where root restores: the former file's owner and mode, or the folder's owner where there was no
    // file.
    private static void TakeAfter(string unfinished, FileStatus? owner, bool isFormer)
    {
        if (OperatingSystem.IsWindows() || owner is null || FileStatus.Of(unfinished) is not { } own)
            return;
        if (own.User != owner.User || own.Group != owner.Group)
            DurableFile.Give(unfinished, owner.User, owner.Group);
        if (isFormer)
            File.SetUnixFileMode(unfinished, owner.Mode);
    }

    private static string KeepFormer(string path, TimeProvider time)
    {
        // The log of a server that was killed belongs to the file. Where that is whole it is moved into it, so that nothing is lost even if all ends here.
        TryFinishLog(path);
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var kept = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.before-restore-{stamp}.db");
        foreach (var suffix in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(path + suffix))
                DurableFile.Keep(path + suffix, kept + suffix);
        }

        DurableFile.SyncFolderOf(kept);
        // Before the new file has the name, or SQLite would play the log of the former one into it.
        foreach (var suffix in (string[])["-wal", "-shm"])
            File.Delete(path + suffix);
        DurableFile.SyncFolderOf(path);
        return kept;
    }

    private static void TryFinishLog(string path)
    {
        if (new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 } || new FileInfo(path) is not { Exists: true, Length: > 0 })
            return;
        try
        {
            using var connection = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite);
            // A damaged file is left as it is: no log is written into it when it is closed.
            _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            using var db = new SqliteDatabaseConnection(connection);
            if (db.Prepare("PRAGMA quick_check(1)").Text() == "ok")
                db.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Execute();
        }
        catch (SqliteException)
        {
            // What is damaged is kept with its log.
        }
    }
}
