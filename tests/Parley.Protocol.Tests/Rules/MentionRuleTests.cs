using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Rules;

namespace Parley.Protocol.Tests.Rules;

public sealed class MentionRuleTests
{
    [Theory]
    [InlineData("@bob", "bob")]
    [InlineData("Hello @bob, hello @Carol!", "bob Carol")]
    [InlineData("@bob @BOB @Bob", "bob")] // Whatever the case.
    [InlineData("(@bob) **@carol** \"@dave\" @bob's 👋@erin", "bob carol dave erin")]
    [InlineData("@bob/@carol", "bob carol")]
    [InlineData("first\n@bob\tsecond\n@carol", "bob carol")]
    [InlineData("@bobby", "bobby")]
    [InlineData("@bob_", "bob_")]
    [InlineData("@20_characters_are_20", "20_characters_are_20")]
    public void An_at_sign_and_a_user_name_mean_somebody(string content, string names) => Assert.Equal(names, Found(content));

    [Theory]
    [InlineData("nobody")]
    [InlineData("@")]
    [InlineData("@ bob")]
    [InlineData("@bo")]
    [InlineData("@21_characters_are_21_")]
    [InlineData("mail somebody@bob.example")]
    [InlineData("_@bob é@bob 1@bob @@bob")]
    [InlineData("@bobbé")]
    [InlineData("@bob@social.example")]
    [InlineData(@"\@bob")]
    [InlineData("https://social.example/@bob and [this](https://social.example/@bob) and www.social.example/@bob")]
    public void An_address_a_longer_word_and_an_escape_mean_nobody(string content) => Assert.Equal("", Found(content));

    [Theory]
    [InlineData("`@bob` @carol", "carol")]
    [InlineData("``a ` @bob`` @carol", "carol")]
    [InlineData("it`s @bob", "bob")] // Nothing closes it.
    [InlineData("it`s\n\n@bob, it`s", "bob")] // Not over a paragraph's end.
    [InlineData("`one\n@bob` @carol", "carol")]
    [InlineData(@"\`@bob`", "bob")]
    [InlineData("```\n@bob\n\n@bob\n``` \n@carol", "carol")]
    [InlineData("```cs\n@bob\n", "")] // Open to the end.
    [InlineData("````\n@bob\n```\n@bob\n````\n@carol", "carol")]
    [InlineData("  ~~~\n@bob\n```\n@bob\n~~~\n@carol", "carol")]
    [InlineData("``` @bob ``` @carol", "carol")]
    [InlineData("```@bob\n```\n@carol", "carol")]
    [InlineData("> ```\n> @bob\n> ```\n@carol", "carol")]
    public void Code_means_nobody(string content, string names) => Assert.Equal(names, Found(content));

    [Fact]
    public void The_first_twenty_different_names_are_looked_at()
    {
        var content = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"@name{i / 2}"));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"name{i}"), MentionRule.Names(content));
    }

    [Fact]
    public void Whatever_is_said_every_name_is_one_and_stands_there()
    {
        var parts = Gen.Elements("@", "bob", "`", "``", "```", "~~~", "\n", " ", "\\", "_", "é", "://", "👋", "a");
        var contents = Gen.ListOf(parts).Select(string.Concat).ToArbitrary();

        Prop.ForAll(contents, content => MentionRule.Names(content).All(name =>
            UserNameRule.Check(name) is null && content.Contains("@" + name, StringComparison.OrdinalIgnoreCase))).QuickCheckThrowOnFailure();
    }

    private static string Found(string content) => string.Join(' ', MentionRule.Names(content));
}
