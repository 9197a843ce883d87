using System.Globalization;
using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class ChannelNameRuleTests
{
    private const string Empty = "Channel name cannot be empty.";
    private const string TooShort = "Channel name must be at least 2 characters.";
    private const string TooLong = "Channel name must be at most 30 characters.";
    private const string WrongCharacters = "Channel name can only contain lowercase letters, numbers, and hyphens.";

    [Theory]
    [InlineData("ab", null)]
    [InlineData("--", null)]
    [InlineData("c-3-po", null)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123", null)]
    [InlineData("", Empty)]
    [InlineData("a", TooShort)]
    [InlineData("👋", TooShort)]
    [InlineData("!", TooShort)] // Length before characters.
    [InlineData("abcdefghijklmnopqrstuvwxyz01234", TooLong)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ!!!!!", TooLong)]
    [InlineData("👋👋", WrongCharacters)]
    [InlineData("a b", WrongCharacters)]
    [InlineData("a_b", WrongCharacters)]
    [InlineData("AB", WrongCharacters)]
    [InlineData("#ab", WrongCharacters)]
    [InlineData("@1:2", WrongCharacters)] // The name of a conversation: no one can make one by typing it.
    [InlineData("straße", WrongCharacters)]
    public void A_normalized_name_is_checked_in_this_order(string name, string? error) => Assert.Equal(error, ChannelNameRule.Check(name));

    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("\tGeneral ", "general")]
    [InlineData("ÄÖ", "äö")]
    [InlineData("a B", "a b")]
    public void A_name_is_trimmed_and_lower_cased(string? sent, string used) => Assert.Equal(used, ChannelNameRule.Normalize(sent));

    [Fact]
    public void The_language_of_the_machine_does_not_show()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR"); // Where I is lower-cased to a dotless ı.
        try
        {
            Assert.Equal("irc", ChannelNameRule.Normalize("IRC"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_first_channel_has_a_proper_name() => Assert.Null(ChannelNameRule.Check(ChannelNameRule.General));
}
