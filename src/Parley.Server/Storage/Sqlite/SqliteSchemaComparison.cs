
using System.Text.RegularExpressions;

namespace Parley.Server.Storage.Sqlite;

/// <summary>
/// What a database has that this program did not make, or lacks. A trigger or a view would run with every statement of ours; a table or an index of somebody
/// else's is no part of what is backed up.
/// </summary>
internal static partial class SqliteSchemaComparison
{
    // Of the predecessor only these are taken over, and no trigger of any kind.
    private static readonly string[] OfPredecessor = ["table users", "table channels", "table messages", "table sessions", "index idx_messages_channel_time"];

    /// <summary>The first difference in words; null where there is none.</summary>
    public static string? Find(DatabaseConnection db)
    {
        db.Execute("PRAGMA trusted_schema = OFF");
        var version = (int)(db.Prepare("PRAGMA user_version").Integer() ?? 0);
        var found = Read(db);
        if (version == 0)
            return found.Keys.Where(name => !OfPredecessor.Contains(name)).Select(name => $"it has a {name} that is not ours").FirstOrDefault();
        if (version > SchemaVersion.Current)
            return "it was written by a newer version of Parley";
        var expected = Expected(version);
        return found.Keys.Where(name => !expected.ContainsKey(name)).Select(name => $"it has a {name} that is not ours").FirstOrDefault()
            ?? expected.Keys.Where(name => !found.ContainsKey(name)).Select(name => $"it lacks the {name}").FirstOrDefault()
            ?? expected.Where(entry => found[entry.Key] != entry.Value).Select(entry => $"its {entry.Key} is another one than ours").FirstOrDefault();
    }

    private static Dictionary<string, string> Expected(int version)
    {
        using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(":memory:"));
        db.Execute("PRAGMA legacy_alter_table = ON;" + SqliteSchema.Tables);
        foreach (var step in SqliteSchema.Steps.Take(version - 1))
            db.Execute(step);
        return Read(db);
    }

    // Kind and name, and the statement that made it. SQLite's own (autoindexes, sequences) follow from the rest.
    private static Dictionary<string, string> Read(DatabaseConnection db) =>
        db.Prepare("SELECT type, name, COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
            .All(r => KeyValuePair.Create($"{r.Text(0)} {r.Text(1)}", Blank().Replace(r.Text(2), "")))
            .ToDictionary(StringComparer.Ordinal);

    // SQLite keeps a statement as it was written, and quotes a name that it has changed.
    [GeneratedRegex("""[\s"]+""")]
    private static partial Regex Blank();
}
