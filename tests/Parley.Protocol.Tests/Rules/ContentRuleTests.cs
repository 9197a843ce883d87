using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class ContentRuleTests
{
    private const string Empty = "Message cannot be empty.";
    private const string TooLong = "Message must be at most 2000 characters.";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n\t\r ")]
    [InlineData("\u00A0\u2003\u3000")]
    [InlineData("\u0000")]
    [InlineData(" \u0007 \u001F\n")] // Blank once its control characters are gone.
    public void What_is_blank_or_becomes_blank_is_empty(string? content) => Assert.Equal(Empty, ContentRule.Check(content, out _));

    [Theory]
    [InlineData("x", "x")]
    [InlineData("  x  \n", "  x  \n")] // Not trimmed.
    [InlineData("a\nb\tc", "a\nb\tc")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\u0000a\u0001\u0008\u000B\u000C\u000D\u000E\u001Bb\u001F", "ab")]
    [InlineData("\u007F\u0080\u009F\u200B", "\u007F\u0080\u009F\u200B")] // Above U+001F everything stays.
    [InlineData("👋 é\u2028", "👋 é\u2028")]
    public void Control_characters_but_newline_and_tab_are_removed(string sent, string kept)
    {
        Assert.Null(ContentRule.Check(sent, out var cleaned));
        Assert.Equal(kept, cleaned);
    }

    [Fact]
    public void Length_is_counted_in_code_points()
    {
        Assert.Null(ContentRule.Check(new string('x', 2_000), out _));
        Assert.Equal(TooLong, ContentRule.Check(new string('x', 2_001), out _));
        Assert.Null(ContentRule.Check(string.Concat(Enumerable.Repeat("👋", 2_000)), out _));
        Assert.Equal(TooLong, ContentRule.Check(string.Concat(Enumerable.Repeat("👋", 2_000)) + "x", out _));
        Assert.Equal(TooLong, ContentRule.Check(string.Concat(Enumerable.Repeat("e\u0301", 1_001)), out _)); // Two code points each, however they look.
    }

    [Fact]
    public void Length_is_checked_as_sent_before_anything_is_removed()
    {
        Assert.Equal(TooLong, ContentRule.Check(new string('x', 2_000) + "\u0000", out _));
        Assert.Equal(TooLong, ContentRule.Check(new string('\u0000', 2_001), out _)); // Too long, and blank only afterwards.
        Assert.Equal(Empty, ContentRule.Check(new string(' ', 2_001), out _)); // Blank as sent comes first.
    }
}
