namespace Parley.Faults.Running;

/// <summary>
/// A server that breaks one promise, made from the sources by one change and never shipped: the machine has to notice. Where a change no longer fits
/// the code it says so, and is to be mended here.
/// </summary>
internal sealed record CounterRun(string Name, string File, string Find, string Replace, string[] Kinds)
{
    private static readonly string[] Folders = ["src/Parley.Protocol", "src/Parley.Server", "src/Shared"];
    private static readonly string[] Left = ["bin", "obj"];

    public static IReadOnlyList<CounterRun> All { get; } =
    [
        new(
            "sync-removed",
            "src/Parley.Server/Storage/Sqlite/SqliteDatabase.cs",
            "PRAGMA synchronous = FULL",
            "PRAGMA synchronous = OFF",
            ["unsynced_acknowledgements"]),
        new("nonce-index-removed", "src/Parley.Server/Storage/Sqlite/SqliteSchema.cs", "CREATE UNIQUE INDEX messages_nonce", "CREATE INDEX messages_nonce", ["doubled"]),
        new(
            "resume-split",
            "src/Parley.Server/Events/FanOut.cs",
            "foreach (var happened in VisibilityUpdater.ToTell(receiver, kept, isIncluded, lost))",
            "foreach (var happened in VisibilityUpdater.ToTell(receiver, [], isIncluded, lost))",
            ["witness_violations"]),
        new(
            "deleted-words-kept",
            "src/Parley.Server/Features/Messages/VersionStore.cs",
            "DELETE FROM versions WHERE message_id = @message",
            "DELETE FROM versions WHERE message_id = -@message",
            ["deleted_words_left"]),
        new(
            "changes-untold",
            "src/Parley.Server/Storage/Logs/EventLog.cs",
            "UPDATE messages SET changed = @number WHERE id = @message",
            "UPDATE messages SET changed = changed + 0 * @number WHERE id = @message",
            ["shown_differently"]),
    ];

    /// <summary>Copies the sources to a folder, changes them, and builds the server.</summary>
    public async Task<string> BuildAsync(string root, string folder, CancellationToken cancel)
    {
        foreach (var file in Directory.EnumerateFiles(root).Where(f => Path.GetExtension(f) is ".props" or ".targets" or ".json" or ".txt" or ".editorconfig"))
            System.IO.File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var source in Folders)
            CopyFolder(Path.Combine(root, source), Path.Combine(folder, source));
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, File), Broken(root), cancel);
        return await ServerBuild.BuildAsync(folder, cancel);
    }

    /// <summary>The file as it is in <paramref name="root"/>, with the promise broken.</summary>
    /// <exception cref="InvalidOperationException">The change no longer fits the code.</exception>
    public string Broken(string root)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(root, File));
        return text.Split(Find).Length == 2
            ? text.Replace(Find, Replace, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The counter-run '{Name}' no longer fits {File}: mend it in CounterRun.cs.");
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            System.IO.File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(d => !Left.Contains(Path.GetFileName(d))))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
