using System.Security.Cryptography;
using Parley.Protocol.Rules;

namespace Parley.Server.Storage.Migrations;

/// <summary>Brings a database to <see cref="Schema.Version"/>: forward only, each step in a transaction of its own, a whole copy kept before the first.</summary>
internal static class Migrator
{
    public static void Run(StoreConnection store, string path, TimeProvider time)
    {
        var version = (int)(store.Prepare("PRAGMA user_version").Integer() ?? 0);
        if (version == Schema.Version)
            return;

        var isFresh = store.Prepare("SELECT COUNT(*) FROM sqlite_master").Integer() == 0;
        if (!isFresh)
            KeepCopy(store, path);

        // Renaming a table must not rewrite the references to it while the new one takes its place.
        store.Execute("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;");
        if (version == 0)
            Step(store, 1, () => Begin(store, isFresh, time));
        for (var next = Math.Max(version, 1) + 1; next <= Schema.Version; next++)
            Step(store, next, () => store.Execute(Schema.Steps[next - 2]));
        store.Execute("PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON;");
    }

    private static void Step(StoreConnection store, int version, Action change)
    {
        store.Execute("BEGIN IMMEDIATE");
        change();
        store.Execute($"PRAGMA user_version = {version}");
        store.Execute("COMMIT");
    }

    private static void Begin(StoreConnection store, bool isFresh, TimeProvider time)
    {
        if (isFresh)
            store.Execute(Schema.Tables);
        else
            Predecessor.Take(store);
        Seed(store, time);
    }

    private static void Seed(StoreConnection store, TimeProvider time)
    {
        store.Prepare("INSERT INTO channels(name, description, created_at) VALUES(@name, @description, @at) ON CONFLICT DO NOTHING")
            .Set("@name", ChannelNameRule.General)
            .Set("@description", "Everything and nothing")
            .Set("@at", StoredTime.ToText(time.GetUtcNow()))
            .Execute();
        store.Prepare("INSERT INTO properties(name, value) VALUES('epoch', @epoch)")
            .Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
            .Execute();
    }

    // The main file of a database in WAL mode is no copy of it; VACUUM INTO writes all that was committed.
    private static void KeepCopy(StoreConnection store, string path)
    {
        var copy = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.before-v{Schema.Version}.db");
        if (File.Exists(copy))
            File.Move(copy, $"{copy}.{Guid.NewGuid():N}"); // An earlier try's copy is somebody's data, too.
        PrivateFile.Create(copy);
        store.Prepare("VACUUM INTO @copy").Set("@copy", copy).Execute();
    }
}
