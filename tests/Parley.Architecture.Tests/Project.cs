using System.Xml.Linq;
using Parley.Testing;

namespace Parley.Architecture.Tests;

/// <summary>A project of this repository, as its file says.</summary>
internal sealed record Project(string Name, string Path, string AssemblyFile, IReadOnlyList<string> ProjectReferences, IReadOnlyList<string> PackageReferences)
{
    public static IReadOnlyList<Project> All { get; } = [.. new[] { "src", "tests", "bench" }.SelectMany(In)];

    public static IReadOnlyList<Project> Shipped { get; } = [.. In("src")];

    /// <summary>The project's built assembly.</summary>
    public string Built => Repository.BuiltAssembly(Name, AssemblyFile);

    /// <summary>The path as it is written in the solution.</summary>
    public string RelativePath => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    public static Project Named(string name) => All.Single(p => p.Name == name);

    public override string ToString() => Name;

    private static IEnumerable<Project> In(string folder) =>
        Directory.Exists(Repository.PathOf(folder))
            ? Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)
            : [];

    private static Project Read(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var xml = XDocument.Load(path);
        var linked = xml.Descendants("ProjectReference").Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false");
        return new Project(
            name,
            path,
            $"{xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? name}.dll",
            [.. linked.Select(r => System.IO.Path.GetFileNameWithoutExtension(Include(r).Replace('\\', '/')))],
            // What is private to the build (an analyzer) is no part of what ships.
            [.. xml.Descendants("PackageReference").Where(r => (string?)r.Attribute("PrivateAssets") != "all").Select(Include)]);
    }

    private static string Include(XElement reference) => (string?)reference.Attribute("Include") ?? "";
}
