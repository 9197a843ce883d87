namespace Parley.Faults.Running;

/// <summary>
/// A server that breaks one promise, made from the sources by one change and never shipped: the machine has to notice. Where a change no longer fits
/// the code it says so, and is to be mended here.
/// </summary>
internal sealed record CounterRun(string Name, string File, string Find, string Replace, string[] Kinds)
{
    private static readonly string[] Folders = ["src/Parley.Protocol", "src/Parley.Server"];
    private static readonly string[] Left = ["bin", "obj"];

    public static IReadOnlyList<CounterRun> All { get; } =
    [
        new("sync-removed", "src/Parley.Server/Storage/Database.cs", "PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF", ["unsynced_acknowledgements"]),
        new("nonce-index-removed", "src/Parley.Server/Storage/Migrations/Schema.cs", "CREATE UNIQUE INDEX messages_nonce", "CREATE INDEX messages_nonce", ["doubled"]),
        new(
            "resume-split",
            "src/Parley.Server/Features/Accounts/Arrival.cs",
            """
                    await HoldAsync(connection, identity, null, cancellationToken);
                    var snapshot = parts.Database.Read(store => Snapshot.Read(store, identity.Id));
            """,
            """
                    var snapshot = parts.Database.Read(store => Snapshot.Read(store, identity.Id));
                    await HoldAsync(connection, identity, null, cancellationToken);
            """,
            ["witness_violations"]),
    ];

    /// <summary>Copies the sources to a folder, changes them, and builds the server.</summary>
    public async Task<string> BuildAsync(string root, string folder, CancellationToken cancel)
    {
        foreach (var file in Directory.EnumerateFiles(root).Where(f => Path.GetExtension(f) is ".props" or ".targets" or ".json" or ".txt" or ".editorconfig"))
            System.IO.File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var source in Folders)
            CopyFolder(Path.Combine(root, source), Path.Combine(folder, source));
        var path = Path.Combine(folder, File);
        var text = await System.IO.File.ReadAllTextAsync(path, cancel);
        if (text.Split(Find).Length != 2)
            throw new InvalidOperationException($"The counter-run '{Name}' no longer fits {File}: mend it in CounterRun.cs.");
        await System.IO.File.WriteAllTextAsync(path, text.Replace(Find, Replace, StringComparison.Ordinal), cancel);
        return await ServerBuild.BuildAsync(folder, cancel);
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
