using System.Text.RegularExpressions;
using Parley.Testing;

namespace Parley.Architecture.Tests;

/// <summary>What holds for every file that somebody writes here (CONTRIBUTING.md).</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;
    private const int MostColumns = 160;
    private const int MostLinesOfMethod = 50;

    private static readonly string[] Written = [".cs", ".razor", ".css", ".js", ".sh"];

    // Fragments that name a machine and not the project; put together here so that this file does not name one.
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/tmp/" + "wt", "/ro" + "ot/", "/ho" + "me/", "C:\\" + "Users"];

    private static readonly string[] ReadAsText =
        [".cs", ".razor", ".css", ".js", ".md", ".csproj", ".props", ".targets", ".json", ".slnx", ".sh", ".yml", ".svg", ".resx", ".txt", ".editorconfig", ""];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Nothing(SourceFile.All.Where(f => Written.Contains(f.Extension) && f.Lines.Length > MostLines).Select(f => $"{f}: {f.Lines.Length} lines"));

    /// <summary>Files that had longer lines before there was this test stand in long-lines.txt with how many; the numbers only fall.</summary>
    [Fact]
    public void No_line_is_longer_than_160_columns()
    {
        var known = File.ReadAllLines(Repository.PathOf("tests", "Parley.Architecture.Tests", "long-lines.txt"))
            .Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[1], parts => int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));

        Nothing(
            from file in SourceFile.In("src", ".cs", ".razor").Concat(SourceFile.In("tests", ".cs", ".razor"))
            let lines = file.Lines.Index().Where(line => line.Item.Length > MostColumns).Select(line => line.Index + 1).ToList()
            where lines.Count > known.GetValueOrDefault(file.Name)
            select $"{file}: {lines.Count} lines, and {known.GetValueOrDefault(file.Name)} are known: {string.Join(", ", lines)}");
    }

    /// <summary>A name in a folder's README that the source does not have is one that was renamed, or never was.</summary>
    [Fact]
    public void What_a_readme_names_is_in_the_source()
    {
        var text = string.Join('\n', SourceFile.In("src", ".cs").Concat(SourceFile.In("tests", ".cs")).Select(file => file.Text));
        var words = SourceWord().Matches(text).Select(match => match.Value).ToHashSet();

        Nothing(
            from file in SourceFile.In("src", ".md")
            where file.Name.EndsWith("/README.md", StringComparison.Ordinal)
            from name in NameInReadme().Matches(file.Text).Select(match => match.Groups[1].Value)
            where name != "HttpClient" && !name.Split('.').All(words.Contains)
            select $"{file}: {name}");
    }

    [Fact]
    public void A_type_of_the_server_is_in_the_file_of_its_name() =>
        Nothing(
            from file in SourceFile.In("src/Parley.Server", ".cs")
            from line in file.Lines
            let type = TopLevelType().Match(line).Groups[1].Value
            where type.Length > 0 && type != Path.GetFileNameWithoutExtension(file.Name)
            select $"{file}: {type}");

    [Fact]
    public void No_method_is_longer_than_50_lines() =>
        Nothing(
            from file in SourceFile.All
            where file.Extension == ".cs"
            from method in MemberLength.Of(file.Text)
            where method.LineCount > MostLinesOfMethod
            select $"{file}:{method.Line}: {method.LineCount} lines: {method.Header}");

    [Fact]
    public void Colours_are_named_in_tokens_css_only() =>
        Nothing(
            from file in SourceFile.In("src", ".css", ".razor")
            where !file.Name.EndsWith("/tokens.css", StringComparison.Ordinal)
            from line in file.Lines.Index()
            where ColourLiteral().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void No_component_has_a_style_attribute() => // The page's policy drops it without a word.
        Nothing(
            from file in SourceFile.In("src", ".razor", ".html")
            from line in file.Lines.Index()
            where StyleAttribute().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void No_type_is_named_after_nothing() =>
        Nothing(
            from file in SourceFile.In("src", ".cs")
            from Match type in TypeName().Matches(file.Text)
            where EmptyWord().IsMatch(type.Groups["name"].Value)
            select $"{file}: {type.Groups["name"].Value}");

    [Fact]
    public void The_server_and_the_desktop_are_programs_and_show_no_type() =>
        Nothing(
            from folder in new[] { "src/Parley.Server", "src/Parley.Desktop" }
            from file in SourceFile.In(folder, ".cs")
            from line in file.Lines.Index()
            where line.Item.StartsWith("public ", StringComparison.Ordinal) && TypeName().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Tests_wait_for_conditions_and_never_for_time() =>
        Nothing(
            from file in SourceFile.In("tests", ".cs")
            from line in file.Lines.Index()
            where WaitForTime().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void No_file_names_a_machine() =>
        Nothing(
            from file in SourceFile.All
            where ReadAsText.Contains(file.Extension)
            from path in MachinePaths
            where file.Text.Contains(path, StringComparison.OrdinalIgnoreCase)
            select $"{file}: {path}");

    private static void Nothing(IEnumerable<string> findings)
    {
        var found = findings.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // In a value, not in a selector (#add is the name of an element, too) and not in text.
    [GeneratedRegex(@"^(?:internal|public) [^=;{(]*?\b(?:class|record struct|record|interface|enum|struct) (\w+)")]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex SourceWord();

    [GeneratedRegex(@"`([A-Z]\w*(\.[A-Z]\w*)*)`")]
    private static partial Regex NameInReadme();

    [GeneratedRegex("""(:[^;{}]*|(fill|stroke|color)=")(#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|oklch|oklab|lch|lab|hwb)\()|:\s*(white|black|gr[ae]y|red|green|blue|yellow|orange)\s*[;}]""")]
    private static partial Regex ColourLiteral();

    [GeneratedRegex("""\sstyle\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex StyleAttribute();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities)$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"\b(Task\.Delay|Thread\.Sleep|WaitForTimeoutAsync)\(")]
    private static partial Regex WaitForTime();
}
