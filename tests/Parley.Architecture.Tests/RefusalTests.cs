using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Parley.Testing;

namespace Parley.Architecture.Tests;

/// <summary>What the server refuses, the client has words for: by its key, in every language.</summary>
public sealed partial class RefusalTests
{
    private static readonly string[] Keys =
        [.. Key().Matches(KeysOfServer()).Select(match => JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups[1].Value))];

    public static TheoryData<string> Languages =>
        [.. Directory.EnumerateFiles(Repository.PathOf("src", "Parley.UI", "Resources"), "Strings*.resx").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_key_of_the_server_has_its_words(string file)
    {
        var texts = XDocument.Load(Repository.PathOf("src", "Parley.UI", "Resources", file)).Descendants("data")
            .ToDictionary(data => (string)data.Attribute("name")!, data => (string?)data.Element("value"));

        Assert.True(Keys.Length > 20, "The server's keys are not where they were.");
        Assert.All(Keys, key => Assert.False(string.IsNullOrWhiteSpace(texts.GetValueOrDefault($"Refused_{key}")), $"{file} has no Refused_{key}."));
    }

    [Fact]
    public void Every_key_stands_in_the_protocol()
    {
        var protocol = File.ReadAllText(Repository.PathOf("docs", "protocol.md"));

        Assert.All(Keys, key => Assert.Contains($"`{key}`", protocol, StringComparison.Ordinal));
    }

    private static string KeysOfServer() =>
        File.ReadAllText(Repository.PathOf("src", "Parley.Server", "Commands", "RefusalKey.cs")).Split("enum RefusalKey", 2)[1];

    [GeneratedRegex(@"^    (\w+),", RegexOptions.Multiline)]
    private static partial Regex Key();
}
