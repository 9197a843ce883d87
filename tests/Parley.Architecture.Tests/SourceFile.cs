using Parley.Testing;

namespace Parley.Architecture.Tests;

/// <summary>A file of this repository that somebody wrote by hand.</summary>
internal sealed record SourceFile(string Path)
{
    private static readonly string[] FoldersOfTools =
    [
        "bin", "obj", ".git", ".vs", ".idea", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules",
    ];

    public static IReadOnlyList<SourceFile> All { get; } = [.. Under(Repository.Root).Order(StringComparer.Ordinal).Select(p => new SourceFile(p))];

    /// <summary>The path below the checkout, with slashes.</summary>
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    public string Extension => System.IO.Path.GetExtension(Path);

    public string Text => File.ReadAllText(Path);

    public string[] Lines => File.ReadAllLines(Path);

    /// <summary>The files below a folder with one of these extensions.</summary>
    public static IEnumerable<SourceFile> In(string folder, params string[] extensions) =>
        All.Where(f => f.Name.StartsWith(folder + "/", StringComparison.Ordinal) && extensions.Contains(f.Extension));

    public override string ToString() => Name;

    private static IEnumerable<string> Under(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(d => !FoldersOfTools.Contains(System.IO.Path.GetFileName(d)))
            .SelectMany(Under));
}
