using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class UserNameRuleTests
{
    private const string Empty = "Username cannot be empty.";
    private const string TooShort = "Username must be at least 3 characters.";
    private const string TooLong = "Username must be at most 20 characters.";
    private const string WrongCharacters = "Username can only contain letters, numbers, and underscores.";

    [Theory]
    [InlineData("abc")]
    [InlineData("ABC")]
    [InlineData("a_1")]
    [InlineData("___")]
    [InlineData("000")]
    [InlineData("abcdefghijklmnopqrst")]
    public void A_good_name_is_taken(string name) => Assert.Null(UserNameRule.Check(name));

    [Theory]
    [InlineData("", Empty)]
    [InlineData("ab", TooShort)]
    [InlineData("abcdefghijklmnopqrstu", TooLong)]
    [InlineData("a b", WrongCharacters)]
    [InlineData("a-b", WrongCharacters)]
    [InlineData("a.b", WrongCharacters)]
    [InlineData("abc\u0000", WrongCharacters)]
    [InlineData("élan", WrongCharacters)]
    [InlineData("аbс", WrongCharacters)] // Cyrillic а and с.
    [InlineData("abc１", WrongCharacters)] // A full-width digit.
    public void A_bad_name_is_told_what_is_wrong(string name, string error) => Assert.Equal(error, UserNameRule.Check(name));

    [Theory]
    [InlineData("é", TooShort)]
    [InlineData("!!", TooShort)]
    [InlineData("👋👋", TooShort)] // Two code points, four UTF-16 units.
    [InlineData("👋👋👋", WrongCharacters)]
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", WrongCharacters)] // Twenty.
    [InlineData("👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋", TooLong)]
    [InlineData("this name is far too long", TooLong)]
    public void Length_is_counted_in_code_points_and_checked_before_characters(string name, string error) =>
        Assert.Equal(error, UserNameRule.Check(name));

    [Theory]
    [InlineData(null, "")]
    [InlineData(" \t\n", "")]
    [InlineData(" Alice\n", "Alice")]
    [InlineData("\u00A0Alice\u2003", "Alice")]
    [InlineData("Al ice", "Al ice")]
    public void A_name_is_trimmed_and_keeps_its_case(string? sent, string kept) => Assert.Equal(kept, UserNameRule.Normalize(sent));
}
