using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class PasswordRuleTests
{
    private const string Empty = "Password cannot be empty.";
    private const string TooShort = "Password must be at least 6 characters.";
    private const string TooLong = "Password must be at most 72 bytes.";

    [Theory]
    [InlineData(null, Empty)]
    [InlineData("", Empty)]
    [InlineData("12345", TooShort)]
    [InlineData("👋👋👋👋👋", TooShort)] // Five code points, ten UTF-16 units, twenty bytes.
    [InlineData("123456", null)]
    [InlineData("      ", null)] // Not trimmed: a blank is a character like any other.
    [InlineData("👋👋👋👋👋👋", null)]
    public void A_password_has_six_characters_or_more(string? password, string? error) => Assert.Equal(error, PasswordRule.Check(password));

    [Fact]
    public void A_password_has_at_most_72_bytes_of_UTF8()
    {
        Assert.Null(PasswordRule.Check(new string('x', 72)));
        Assert.Equal(TooLong, PasswordRule.Check(new string('x', 73)));
        Assert.Null(PasswordRule.Check(new string('é', 36)));
        Assert.Equal(TooLong, PasswordRule.Check(new string('é', 36) + "x"));
        Assert.Null(PasswordRule.Check(string.Concat(Enumerable.Repeat("👋", 18))));
        Assert.Equal(TooLong, PasswordRule.Check(string.Concat(Enumerable.Repeat("👋", 19))));
    }
}
