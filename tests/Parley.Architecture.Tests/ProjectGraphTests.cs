using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Parley.Testing;

namespace Parley.Architecture.Tests;

/// <summary>
/// <c>Desktop -> UI -> Client -> Protocol &lt;- Server</c> and <c>Desktop -> Client.Native -> Client</c>, and no other arrow; an arrow allows all that lies
/// further along it.
/// </summary>
public sealed class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Parley.Protocol"] = [],
        ["Parley.Server"] = ["Parley.Protocol"],
        ["Parley.Client"] = ["Parley.Protocol"],
        ["Parley.Client.Native"] = ["Parley.Client", "Parley.Protocol"],
        ["Parley.UI"] = ["Parley.Client", "Parley.Protocol"],
        ["Parley.Desktop"] = ["Parley.UI", "Parley.Client.Native", "Parley.Client", "Parley.Protocol"],
    };

    public static TheoryData<string> Shipped => [.. Project.Shipped.Select(p => p.Name)];

    public static TheoryData<string> All => [.. Project.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_project_references_only_what_lies_along_its_arrow(string project)
    {
        // A seventh project needs a decision record, and a line above.
        Assert.Contains(project, Allowed.Keys);

        var linked = ReferencedAssemblies(project).Where(a => a.StartsWith("Parley.", StringComparison.Ordinal));

        Assert.Empty(Project.Named(project).ProjectReferences.Concat(linked).Except(Allowed[project]));
    }

    [Fact]
    public void The_protocol_references_the_base_library_only()
    {
        Assert.Empty(Project.Named("Parley.Protocol").PackageReferences);
        Assert.All(ReferencedAssemblies("Parley.Protocol"), a => Assert.StartsWith("System.", a, StringComparison.Ordinal));
        Assert.DoesNotContain(ReferencedAssemblies("Parley.Protocol"), a => a.StartsWith("System.Net", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Parley.Protocol")]
    [InlineData("Parley.Client")]
    [InlineData("Parley.UI")]
    public void What_runs_in_a_browser_references_nothing_that_is_not_there(string project)
    {
        string[] absent =
        [
            "System.Net.Sockets", "System.Net.Security", "System.Net.NameResolution", "System.IO.FileSystem", "System.Diagnostics.Process",
            "Microsoft.Data.Sqlite",
        ];

        Assert.Empty(ReferencedAssemblies(project).Intersect(absent));
        // A framework reference would bring all of ASP.NET, its server among it.
        Assert.Empty(XDocument.Load(Project.Named(project).Path).Descendants("FrameworkReference"));
    }

    [Fact]
    public void The_screen_needs_components_alone_of_ASP_NET() =>
        Assert.All(ReferencedAssemblies("Parley.UI").Where(a => a.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)),
            a => Assert.Contains(a, new[] { "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Web" }));

    [Theory]
    [InlineData("Parley.Client")]
    [InlineData("Parley.Client.Native")]
    [InlineData("Parley.Server")]
    public void What_has_no_screen_knows_nothing_of_one(string project) =>
        Assert.DoesNotContain(ReferencedAssemblies(project), a => a.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_stands_in_the_solution_and_in_the_README(string project)
    {
        var solution = XDocument.Load(Repository.PathOf("Parley.slnx")).Descendants("Project").Select(p => (string?)p.Attribute("Path"));

        Assert.Contains(Project.Named(project).RelativePath, solution);
        Assert.Contains(project, File.ReadAllText(Repository.PathOf("README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_leaves_versions_to_the_central_list(string project) =>
        Assert.DoesNotContain(XDocument.Load(Project.Named(project).Path).Descendants("PackageReference"),
            r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null);

    private static IReadOnlyList<string> ReferencedAssemblies(string project)
    {
        using var file = new PEReader(File.OpenRead(Project.Named(project).Built));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }
}
