using System.Globalization;
using System.Security.Cryptography;
using Parley.Protocol.Rules;
using Parley.Server.Hosting;

namespace Parley.Server.Storage.Sqlite;

/// <summary>
/// Brings a database to <see cref="SchemaVersion.Current"/>: forward only, all steps in one transaction, a whole copy synced to disk before the first. What
/// the steps made of the data has to fit together, or all of it is undone.
/// </summary>
internal static class SqliteMigrator
{
    /// <exception cref="StartupException">The migrated data would not fit together; nothing was changed.</exception>
    public static void Run(DatabaseConnection db, string path, TimeProvider time)
    {
        var version = (int)(db.Prepare("PRAGMA user_version").Integer() ?? 0);
        if (version == SchemaVersion.Current)
            return;

        var isFresh = db.Prepare("SELECT COUNT(*) FROM sqlite_master").Integer() == 0;
        var copy = isFresh ? null : KeepCopy(db, path);

        // Renaming a table must not rewrite the references to it while the new one takes its place.
        db.Execute("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN IMMEDIATE;");
        try
        {
            if (version == 0)
                Begin(db, isFresh, time);
            for (var next = Math.Max(version, 1) + 1; next <= SchemaVersion.Current; next++)
                db.Execute(SqliteSchema.Steps[next - 2]);
            db.Execute($"PRAGMA user_version = {SchemaVersion.Current}");
            CheckReferences(db, path, copy);
            db.Execute("COMMIT");
        }
        catch
        {
            db.RollBack();
            throw;
        }

        db.Execute("PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON;");
    }

    private static void CheckReferences(DatabaseConnection db, string path, string? copy)
    {
        var broken = db.Prepare("SELECT \"table\", COALESCE(rowid, '?'), parent FROM pragma_foreign_key_check LIMIT 1")
            .First(r => $"row {r.Text(1)} of '{r.Text(0)}' refers to a missing row of '{r.Text(2)}'");
        if (broken is not null)
            throw new StartupException($"The database '{path}' was not brought up to date: {broken}. Nothing was changed; a copy is kept as '{copy}'.");
    }

    private static void Begin(DatabaseConnection db, bool isFresh, TimeProvider time)
    {
        if (isFresh)
            db.Execute(SqliteSchema.Tables);
        else
            Predecessor.Take(db);
        Seed(db, time);
    }

    private static void Seed(DatabaseConnection db, TimeProvider time)
    {
        db.Prepare("INSERT INTO channels(name, description, created_at) VALUES(@name, @description, @at) ON CONFLICT DO NOTHING")
            .Set("@name", ChannelNameRule.General)
            .Set("@description", "General discussion")
            .Set("@at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            .Execute();
        db.Prepare("INSERT INTO properties(name, value) VALUES('epoch', @epoch)")
            .Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
            .Execute();
    }

    // The main file of a database in WAL mode is no copy of it; VACUUM INTO writes all that was committed, and syncs nothing.
    private static string KeepCopy(DatabaseConnection db, string path)
    {
        var copy = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.before-v{SchemaVersion.Current}.db");
        if (File.Exists(copy))
            File.Move(copy, $"{copy}.{Guid.NewGuid():N}"); // An earlier try's copy is somebody's data, too.
        OwnerOnlyFile.Create(copy);
        try
        {
            db.Prepare("VACUUM INTO @copy").Set("@copy", copy).Execute();
            DurableFile.Sync(copy);
            DurableFile.SyncFolderOf(copy);
        }
        catch
        {
            File.Delete(copy); // Half a copy is none.
            throw;
        }

        return copy;
    }
}
