using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace Parley.Architecture.Tests;

/// <summary>Which folder of a project may know of what (docs/architecture.md).</summary>
public sealed partial class FenceTests
{
    private const string Sqlite = "Microsoft.Data.Sqlite";
    private static readonly string[] Impure =
        ["System.Net", "System.IO", "System.Threading.Timer", "System.TimeProvider", "System.Random", "System.Guid", "System.Security.Cryptography"];

    private const string Features = "Parley.Server.Features";

    [Fact]
    public void The_server_s_database_is_known_in_its_storage_only() => // And where files are copied and checked.
        Holds(Of("Parley.Server").That().DoNotResideInNamespaceStartingWith("Parley.Server.Storage").And()
            .DoNotResideInNamespaceStartingWith("Parley.Server.Maintenance").ShouldNot().HaveDependencyOn(Sqlite));

    [Fact]
    public void PostgreSQL_is_known_in_its_own_folder_only() =>
        Holds(Of("Parley.Server").That().DoNotResideInNamespaceStartingWith("Parley.Server.Storage.Postgres").ShouldNot().HaveDependencyOn("Npgsql"));

    [Fact]
    public void The_client_s_database_is_known_in_its_mirror_only() =>
        Holds(Of("Parley.Client.Native").That().DoNotResideInNamespaceStartingWith("Parley.Client.Native.Mirror").ShouldNot().HaveDependencyOn(Sqlite));

    [Fact]
    public void A_feature_of_the_server_knows_no_socket_and_no_door() =>
        Holds(Of("Parley.Server").That().ResideInNamespaceStartingWith(Features).ShouldNot()
            .HaveDependencyOnAny("Parley.Server.Transport", "System.Net.Sockets", "System.Net.Security"));

    [Fact]
    public void A_handler_that_reads_or_writes_returns_data_and_knows_no_connection()
    {
        // A command of several steps (hash, write, arrive) speaks through its connection; so do those who keep sessions. Everybody else answers with an
        // Outcome.
        string[] mayKnow =
            ["FeatureList.cs", "AccountsFeature.cs", "AccountServices.cs", "Arrival.cs", "SessionKeeper.cs"];

        var knowing =
            from file in SourceFile.In("src/Parley.Server/Features", ".cs")
            where file.Text.Contains("Connections", StringComparison.Ordinal) && !file.Text.Contains("IStepsHandler<", StringComparison.Ordinal)
            where !mayKnow.Contains(Path.GetFileName(file.Name))
            select file.Name;

        Assert.Empty(knowing);
    }

    [Fact]
    public void Storage_and_events_know_no_feature() =>
        Holds(Of("Parley.Server").That().ResideInNamespaceMatching(@"^Parley\.Server\.(Storage|Events|Transport)(\.|$)").ShouldNot().HaveDependencyOn(Features));

    [Fact]
    public void A_door_knows_features_and_nothing_but_the_start_knows_a_door() =>
        Holds(Of("Parley.Server").That().DoNotResideInNamespaceMatching(@"^Parley\.Server\.(Doors|Hosting)(\.|$)").ShouldNot().HaveDependencyOn("Parley.Server.Doors"));

    [Theory]
    [InlineData("Features")]
    [InlineData("Events")]
    [InlineData("Commands")]
    [InlineData("Connections")]
    public void No_level_is_asked_for_outside_the_doors(string folder)
    {
        var asking =
            from file in SourceFile.In($"src/Parley.Server/{folder}", ".cs")
            from line in file.Lines.Index()
            let code = line.Item.Split("//")[0]
            where LevelWord().IsMatch(code)
            select $"{file}:{line.Index + 1}: {code.Trim()}";

        Assert.Empty(asking);
    }

    [Theory]
    [InlineData("Parley.Client")]
    [InlineData("Parley.UI")]
    public void What_runs_in_a_browser_knows_no_socket_no_certificate_and_no_file(string project) =>
        Holds(Of(project).ShouldNot().HaveDependencyOnAny(
            "System.Net.Sockets", "System.Net.Security", "System.Net.Dns", "System.Security.Cryptography.X509Certificates", Sqlite, "System.IO.File", "System.IO.FileInfo",
            "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.Path", "System.Diagnostics.Process"));

    [Fact]
    public void The_client_s_state_is_pure() =>
        Holds(Of("Parley.Client").That().ResideInNamespaceStartingWith("Parley.Client.State").ShouldNot()
            .HaveDependencyOnAny(Impure));

    [Fact]
    public void The_client_s_reducers_are_pure_and_so_is_what_they_fold() =>
        Holds(Of("Parley.Client").That().ResideInNamespaceStartingWith("Parley.Client.Features").And()
            .HaveNameMatching("(Reducer|^LogUpdate|^Message|^RoomLog|^LogRun|^RecentChanges|^KnownMembers)$").ShouldNot().HaveDependencyOnAny(Impure));

    [Fact]
    public void A_feature_uses_the_stores_of_another_and_never_its_handlers()
    {
        var files = SourceFile.In("src/Parley.Server/Features", ".cs").ToList();
        var handlers = files.Select(f => Path.GetFileNameWithoutExtension(f.Name)).Where(n => n.EndsWith("Handler", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(handlers);

        var strangers =
            from file in files
            from handler in handlers
            where file.Text.Contains(handler, StringComparison.Ordinal)
            where Path.GetDirectoryName(file.Name) != Path.GetDirectoryName(files.Single(f => f.Name.EndsWith($"/{handler}.cs", StringComparison.Ordinal)).Name)
            select $"{file} uses {handler}";

        Assert.Empty(strangers);
    }

    /// <summary>A channel that is found is found for somebody, with what they may do there.</summary>
    [Fact]
    public void There_is_one_way_to_a_channel_and_it_asks_for_rights()
    {
        string[] make = ["ChannelAccess.cs", "SharedChannel.cs", "ConversationStore.cs"]; // The last for two people, whose it is.
        string[] read = [.. make, "ChannelStore.cs", "ChannelAdminStore.cs", "ReadStateStore.cs", "OverwriteStore.cs", "UserStore.cs", "MessageStore.cs"];
        var files = SourceFile.In("src/Parley.Server/Features", ".cs").Concat(SourceFile.In("src/Parley.Server/Doors", ".cs")).ToList();

        Assert.All(files.Where(f => f.Text.Contains("new ChannelRow(", StringComparison.Ordinal)), f => Assert.Contains(Path.GetFileName(f.Name), make));
        Assert.All(files.Where(f => f.Text.Contains("FROM channels", StringComparison.Ordinal)), f => Assert.Contains(Path.GetFileName(f.Name), read));
    }

    // The level of a line of the log is none of these.
    [GeneratedRegex(@"(?<!LoggerMessage\([^)]*|Log)Level(?!\s*=\s*LogLevel)")]
    private static partial Regex LevelWord();

    private static Types Of(string project) => Types.FromFile(Project.Named(project).Built);

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, $"Types that break the rule: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
