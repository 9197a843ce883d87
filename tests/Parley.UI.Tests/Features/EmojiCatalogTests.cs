using Parley.UI.Features.Emoji;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class EmojiCatalogTests
{
    private static readonly EmojiCatalog English = EmojiCatalog.Of("en");

    [Fact]
    public void Every_emoji_has_a_name_a_label_and_is_found_by_each_of_its_names()
    {
        var all = English.Groups.SelectMany(group => group.Entries).ToList();

        Assert.InRange(all.Count, 1_800, 2_500);
        Assert.Equal(9, English.Groups.Count);
        Assert.All(all, entry => Assert.True(entry.Names.All(name => English.ByName(name) == entry) && entry.Label.Length > 0));
    }

    [Theory]
    [InlineData("👍", SkinTone.None, "👍")]
    [InlineData("👍", SkinTone.Light, "👍🏻")]
    [InlineData("👍", SkinTone.Dark, "👍🏿")]
    [InlineData("🧑‍🚀", SkinTone.Medium, "🧑🏽‍🚀")]
    [InlineData("👫", SkinTone.Dark, "👫🏿")]
    [InlineData("🎉", SkinTone.Dark, "🎉")]
    public void A_tone_colours_skin_alone(string character, SkinTone tone, string expected) => Assert.Equal(expected, English.ByCharacter(character)?.In(tone));

    [Theory]
    [InlineData("fr", "grinning face")]
    [InlineData("de", "grinsendes Gesicht")]
    public void Labels_are_in_the_reader_s_language_where_it_is_there(string language, string label)
    {
        var catalog = EmojiCatalog.Of(language);

        Assert.Equal(label, catalog.ByCharacter("😀")?.Label);
        Assert.Equal("grinning", catalog.ByCharacter("😀")?.Name);
    }

    [Theory]
    [InlineData("en", "pizza", "🍕")]
    [InlineData("en", "heart", "💘")]
    [InlineData("de", "Geburtstag", "🎂")]
    public void Search_finds_names_labels_and_words_about_it(string language, string typed, string expected) =>
        Assert.Contains(EmojiCatalog.Of(language).Find(typed, EmojiPreferences.None), entry => entry.Character == expected);
}
