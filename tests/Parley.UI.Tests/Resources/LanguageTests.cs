using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Parley.UI.Resources;

namespace Parley.UI.Tests.Resources;

/// <summary>Each language has every text, with the same places for names and numbers.</summary>
public sealed partial class LanguageTests
{
    public static TheoryData<string> Others => [.. Language.All.Skip(1).Select(language => language.Code)];

    [Theory]
    [InlineData(1, "1 character left")]
    [InlineData(2, "2 characters left")]
    [InlineData(0, "0 characters left")]
    public void One_of_a_kind_is_no_plural(int count, string words) => Assert.Equal(words, Phrase.Count(Strings.CharactersLeft, count));

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_text_is_there_in_every_language(string code)
    {
        var english = TextsOf(CultureInfo.InvariantCulture);

        var texts = TextsOf(CultureInfo.GetCultureInfo(code));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), $"{text.Key} is empty."));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_text_has_the_same_places_in_every_language(string code)
    {
        var texts = TextsOf(CultureInfo.GetCultureInfo(code));

        Assert.All(TextsOf(CultureInfo.InvariantCulture), text => Assert.Equal((text.Key, PlacesIn(text.Value)), (text.Key, PlacesIn(texts[text.Key]))));
    }

    private static string PlacesIn(string text) =>
        string.Join(' ', Places().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    private static Dictionary<string, string> TextsOf(CultureInfo culture)
    {
        var set = Strings.ResourceManager.GetResourceSet(culture, createIfNotExists: true, tryParents: false) ?? throw new MissingManifestResourceException(culture.Name);
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Places();
}
