using Parley.Protocol.Text;

namespace Parley.Protocol.Tests.Text;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("@bob @BOB @Bob", "bob")] // Whatever the case.
    [InlineData("(@bob) **@carol** \"@dave\" @bob's 👋@erin", "bob carol dave erin")]
    [InlineData("> @bob\n\n||@carol||\n- @dave\n# @erin", "bob carol dave erin")]
    [InlineData("谢谢@bob @carolさん", "bob carol")]
    [InlineData("[@bob](https://social.example/@carol) @dave", "bob dave")]
    [InlineData("`@bob` ```\n@carol\n``` \\@dave https://e.example/@erin www.e.example/@frank me@gina.example", "")]
    [InlineData("```cs\n@bob\n", "bob")] // Without its end it is no fence.
    [InlineData("> ```\n@bob\n```", "bob")] // One that opened in a quote ends in it.
    [InlineData("nobody", "")]
    public void Whom_a_message_means_is_what_its_tree_says(string content, string names) => Assert.Equal(names, string.Join(' ', Mentions.Users(content)));

    [Fact]
    public void The_channels_of_a_message_are_found_in_the_same_way() =>
        Assert.Equal(["general", "off-topic"], Mentions.Channels("see #general, #off-topic and #GENERAL, not `#code`, C#sharp or https://a.example/#top"));

    [Fact]
    public void The_first_twenty_different_names_are_looked_at()
    {
        var content = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"@name{i / 2}"));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"name{i}"), Mentions.Users(content));
    }
}
