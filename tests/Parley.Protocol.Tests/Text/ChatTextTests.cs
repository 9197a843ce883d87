using Parley.Protocol.Text;

namespace Parley.Protocol.Tests.Text;

public sealed class ChatTextTests
{
    private const int LongestMessage = 2_000;

    // A loop of the grammar goes round at most so often for each sign, whatever the signs are and however many.
    private const int StepsPerSign = 12;

    private static readonly string[] Markup =
    [
        "q", "jj", "é", "漢", "ไ", "1", "7", " ", "  ", "\n", "\n\n", "*", "**", "***", "_", "__", "~~", "~", "||", "|", "`", "``", "```", "````", "```js\n",
        "> ", ">", ">>> ", "- ",
        "* ", "1. ", "12) ", "# ", "## ", "-# ", "[", "]", "(", ")", "](http://a.b)", "![", "<", ">", "\\", "\\\\", ":", ":smile:", "@", "@bob", "#general",
        "#", "http://a.b",
        "https://u@h/", "http://[::1]:80/x", "www.a.b", "<t:1:R>", "<https://a.b>", ".", ",", "!", "\"", "，", "：", "\u0301", "\u200b", "\ud83d", "🎉", "\0",
        "\t", "x_y", "(a)", "&",
    ];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (typed, shown) in ChatTextExamples.All)
                data.Add(typed, shown);
            return data;
        }
    }

    public static TheoryData<string> Units =>
    [
        "<", "[", "(", "`", "||", "|", "> ", "- ", "*_", "http://", "<t:", "a_", "**a ", "*a ", "_a ", "\\", "\\*", "[](http://a(", "](http://a",
        "[a](http://a.b) ", "http://a(", "http://a.b!",
        "http://a.b/", "a`b``c```d", "````a```", "> \n", ">\n", "> a\n>\n", "- a\n  - b\n", "- a\n ", "1. ", "```\n", "``` ```\n", "@bob ", "@", "_@", "__@",
        ":a", ":a: ", "#a", "www.a", "x://a", "||a", "|| ||",
        "\n", "# a\n", "*a **b ", "***a", "~~a", "\\`a`", "[\\[", "漢*", "é\u0301", "[[]](", "{([", " ", "http://a*b", "**http://a(b**", "<http://a", "__a__.b",
        "https://a@", ",http://a", "a\\\\*", "`a\n\n", "> `a\n",
        "a\u0301", "\ud83d", "-# ", ">>> ", "]( http://a ", "]( http://a )", "[a](<http://a", "\\||", "||`a||`", "*_*", "(-_-) ", "._a", "`\\",
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_read_as_the_page_says(string typed, string shown) =>
        Assert.Equal(ChatTextExamples.Unescape(shown), TextNotation.Of(ChatText.Parse(ChatTextExamples.Unescape(typed))));

    [Fact]
    public void The_page_has_hundreds_of_examples() => Assert.InRange(ChatTextExamples.All.Count, 500, 5_000);

    [Fact]
    public void Of_100_000_random_messages_none_fails_loses_a_sign_or_vanishes()
    {
        var random = new Random(20261130);
        for (var round = 0; round < 100_000; round++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Markup[random.Next(Markup.Length)]));
            var text = ChatText.Parse(typed);
            Holds(text);
            if (round % 100 == 0)
                Assert.Equal(TextNotation.Of(text), TextNotation.Of(ChatText.Parse(typed)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud83d")]
    [InlineData("\ude00\ud83d")]
    [InlineData("\0\0")]
    [InlineData(" \n\n\t ")]
    [InlineData("\r\n- a\r\n- b\r\n")]
    [InlineData("\u2028> a")]
    public void Whatever_is_said_has_a_tree(string typed) => Holds(ChatText.Parse(typed));

    [Theory]
    [MemberData(nameof(Units))]
    public void The_work_grows_with_the_length_and_no_faster(string unit)
    {
        foreach (var length in new[] { LongestMessage, 50 * LongestMessage })
        {
            var typed = string.Concat(Enumerable.Repeat(unit, length / unit.Length + 1))[..length];
            var source = new TextSource(typed);

            Holds(ChatText.Parse(source));

            Assert.True(source.Steps <= StepsPerSign * length, $"{source.Steps} steps for {length} signs");
        }
    }

    [Fact]
    public void The_work_grows_with_the_length_whatever_is_repeated()
    {
        var random = new Random(15);
        for (var round = 0; round < 500; round++)
        {
            var unit = string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => Markup[random.Next(Markup.Length)]));
            var typed = string.Concat(Enumerable.Repeat(unit, 5 * LongestMessage / unit.Length));
            var source = new TextSource(typed);

            Holds(ChatText.Parse(source));

            Assert.True(source.Steps <= 3 * StepsPerSign * typed.Length, $"{source.Steps} steps for {typed.Length} signs of {unit}");
        }
    }

    [Fact]
    public void What_is_nested_beyond_all_sense_stays_shallow()
    {
        foreach (var unit in new[] { "- ", "*a **b __c ~~d ", "[a](http://b)", "> - ", "1. - " })
            Assert.InRange(Depth(ChatText.Parse(string.Concat(Enumerable.Repeat(unit, 400)) + "end").Root), 1, 80);
    }

    private static int Depth(TextBranch branch) => 1 + branch.Children.OfType<TextBranch>().Select(Depth).DefaultIfEmpty(0).Max();

    private static void Holds(ChatText text)
    {
        var at = 0;
        foreach (var leaf in text.Leaves)
        {
            if (leaf.Start != at || leaf.End <= at)
                Assert.Fail($"{leaf.Start} to {leaf.End} behind {at} in {Visible(text.Source)}");
            at = leaf.End;
        }

        if (at != text.Source.Length)
            Assert.Fail($"{at} of {text.Source.Length} in {Visible(text.Source)}");
        Fits(text.Root, text.Source);
        if (text.Source.Any(char.IsAsciiLetterOrDigit) && !text.Leaves.Any(leaf => leaf is not MarkLeaf && !text.Of(leaf).IsWhiteSpace()))
            Assert.Fail($"Nothing is seen of {Visible(text.Source)}");
        Assert.DoesNotContain(text.Spoilers, spoiler => spoiler.Start >= spoiler.End);
    }

    private static void Fits(TextBranch branch, string source)
    {
        var fits = branch.Children.Count == 0 ? branch is MessageBranch : branch.Start == branch.Children[0].Start && branch.End == branch.Children[^1].End;
        if (!fits)
            Assert.Fail($"{branch.GetType().Name} in {Visible(source)}");
        foreach (var child in branch.Children.OfType<TextBranch>())
            Fits(child, source);
    }

    private static string Visible(string source) => source[..Math.Min(source.Length, 300)].Replace("\n", "\\n", StringComparison.Ordinal);
}
