using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Maintenance;

/// <summary>Copies of the data.</summary>
internal static class DatabaseCopy
{
    /// <summary>Writes a whole copy of what was committed, readable by its owner alone; the server may run meanwhile.</summary>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="StartupException">There is no such database, the copy exists, or it cannot be written.</exception>
    public static long Backup(string database, string copy)
    {
        database = SqlitePath.ResolveExisting(database);
        SqliteFile.CheckReadable(database);
        var target = TargetOf(copy);
        if (File.Exists(target) || Directory.Exists(target))
            throw new StartupException($"'{copy}' exists already. Choose another name: a copy is never written over.");

        // Under another name until it is whole: a copy that was cut off is not taken for one.
        var unfinished = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            OwnerOnlyFile.Create(unfinished);
            using (var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(database, SqliteOpenMode.ReadOnly)))
                db.Prepare("VACUUM INTO @copy").Set("@copy", unfinished).Execute();
            DurableFile.Sync(unfinished);
            File.Move(unfinished, target, overwrite: false);
            DurableFile.SyncFolderOf(target);
            return new FileInfo(target).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            Drop(unfinished);
            throw new StartupException($"The copy '{copy}' cannot be written ({e.Message.TrimEnd('.')}).");
        }
    }

    private static string TargetOf(string copy)
    {
        if (string.IsNullOrWhiteSpace(copy))
            throw new StartupException("A copy needs the name of a file.");
        return Path.GetFullPath(copy);
    }

    private static void Drop(string unfinished)
    {
        if (File.Exists(unfinished)) // Where its folder does not exist, File.Delete would throw.
            File.Delete(unfinished);
    }
}
