using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class SmallRulesTests
{
    private const string BadNonce = "A nonce is 1 to 64 printable ASCII characters.";

    [Theory]
    [InlineData(null, null)]
    [InlineData("!", null)]
    [InlineData("~", null)]
    [InlineData("0199c0ff-ee00-7000-8000-000000000000", null)]
    [InlineData("", BadNonce)]
    [InlineData(" ", BadNonce)]
    [InlineData("a b", BadNonce)]
    [InlineData("a\u007F", BadNonce)]
    [InlineData("a\n", BadNonce)]
    [InlineData("é", BadNonce)]
    public void A_nonce_is_printable_ASCII_without_spaces(string? nonce, string? error) => Assert.Equal(error, NonceRule.Check(nonce));

    [Fact]
    public void A_nonce_has_at_most_64_characters()
    {
        Assert.Null(NonceRule.Check(new string('x', 64)));
        Assert.Equal(BadNonce, NonceRule.Check(new string('x', 65)));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("  What we listen to \n", "What we listen to")]
    [InlineData("one\ntwo\u0000\u009F", "onetwo")]
    [InlineData("a\u202Eb\u2066c\u2069d\u202A", "abcd")]
    [InlineData("\u202E \u202E", "")] // Trimmed after the cleaning: nothing blank is left over.
    [InlineData("é 👋", "é 👋")]
    public void A_description_and_a_status_text_are_one_clean_line(string? sent, string kept)
    {
        Assert.Equal(kept, DescriptionRule.Normalize(sent));
        Assert.Equal(kept, StatusTextRule.Normalize(sent));
    }

    [Fact]
    public void A_status_text_has_at_most_100_characters()
    {
        Assert.Null(StatusTextRule.Check(string.Concat(Enumerable.Repeat("👋", 100))));
        Assert.Equal("Status text must be at most 100 characters.", StatusTextRule.Check(new string('x', 101)));
    }

    [Fact]
    public void A_description_has_at_most_200_characters()
    {
        Assert.Null(DescriptionRule.Check(""));
        Assert.Null(DescriptionRule.Check(string.Concat(Enumerable.Repeat("👋", 200))));
        Assert.NotNull(DescriptionRule.Check(new string('x', 201)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("👋", 1)]
    [InlineData("👩‍👩‍👧", 5)]
    public void Length_is_the_number_of_code_points(string text, int count) => Assert.Equal(count, TextLength.CodePoints(text));

    [Fact]
    public void Half_of_a_surrogate_pair_counts_as_one()
    {
        Assert.Equal(1, TextLength.CodePoints("\uD83D"));
        Assert.Equal(2, TextLength.CodePoints("\uDC4B\uD83D"));
        Assert.Equal(2, TextLength.CodePoints("\uD83D\uD83D\uDC4B"));
    }

    [Fact]
    public void Length_is_what_the_framework_counts_as_runes() =>
        Prop.ForAll<string>(text => text is null || TextLength.CodePoints(text) == text.EnumerateRunes().Count()).QuickCheckThrowOnFailure();
}
