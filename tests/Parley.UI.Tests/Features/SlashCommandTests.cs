using Parley.Client.Features.Messages;
using Parley.UI.Features.Messages;

namespace Parley.UI.Tests.Features;

public sealed class SlashCommandTests
{
    [Fact]
    public void Text_is_said_as_it_stands() =>
        Assert.Equal(new SlashCommand.Say(MessageKind.Message, "  hi /me\n there "), SlashCommand.Parse("  hi /me\n there "));

    [Fact]
    public void Two_slashes_say_one() => Assert.Equal(new SlashCommand.Say(MessageKind.Message, "/etc/hosts"), SlashCommand.Parse("//etc/hosts"));

    [Theory]
    [InlineData("/me waves")]
    [InlineData("/ME waves")]
    [InlineData("/me\nwaves")]
    public void Me_says_an_action(string text) => Assert.Equal(new SlashCommand.Say(MessageKind.Action, "waves"), SlashCommand.Parse(text));

    [Theory]
    [InlineData("/msg bob psst, you there?")]
    [InlineData("/msg  bob psst, you there?")]
    [InlineData("/Msg @bob psst, you there?")]
    public void Msg_says_the_rest_to_the_first_word(string text) =>
        Assert.Equal(new SlashCommand.SayPrivately("bob", "psst, you there?"), SlashCommand.Parse(text));

    [Theory]
    [InlineData("/me", IncompleteCommand.Me)]
    [InlineData("/me   ", IncompleteCommand.Me)]
    [InlineData("/msg", IncompleteCommand.Msg)]
    [InlineData("/msg bob", IncompleteCommand.Msg)]
    [InlineData("/msg bob  ", IncompleteCommand.Msg)]
    [InlineData("/msg @ hello", IncompleteCommand.Msg)]
    public void A_command_that_lacks_something_says_so(string text, IncompleteCommand command) =>
        Assert.Equal(new SlashCommand.Incomplete(command), SlashCommand.Parse(text));

    [Theory]
    [InlineData("/shrug", @"¯\_(ツ)_/¯")]
    [InlineData("/shrug no idea", @"no idea ¯\_(ツ)_/¯")]
    [InlineData("/tableflip enough!", "enough! (╯°□°)╯︵ ┻━┻")]
    public void Some_add_a_face(string text, string said) => Assert.Equal(new SlashCommand.Say(MessageKind.Message, said), SlashCommand.Parse(text));

    [Fact]
    public void A_shrug_is_seen_with_both_arms() =>
        Assert.Equal(@"¯\_(ツ)_/¯", MessageWords.Of(((SlashCommand.Say)SlashCommand.Parse("/shrug")).Content, TimeProvider.System));

    [Theory]
    [InlineData("s/tea/coffee/", "coffee or tea")]
    [InlineData("s/tea/coffee", "coffee or tea")]
    [InlineData("s/tea/coffee/g", "coffee or coffee")]
    [InlineData("s/tea or //", "tea")]
    [InlineData(@"s/tea/tea\/water/", "tea/water or tea")]
    [InlineData("s/milk/water/", null)]
    public void The_last_message_is_corrected_as_by_sed(string text, string? corrected) =>
        Assert.Equal(corrected, Assert.IsType<SlashCommand.Substitute>(SlashCommand.Parse(text)).In("tea or tea"));

    [Theory]
    [InlineData("s/he was here")]
    [InlineData("s//x/")]
    [InlineData("s/a/b/c")]
    [InlineData("s/a/b/ is how sed does it")]
    [InlineData("yes/no/maybe")]
    [InlineData("s/one\n/two/")]
    public void What_only_looks_like_it_is_said(string text) => Assert.Equal(new SlashCommand.Say(MessageKind.Message, text), SlashCommand.Parse(text));

    [Fact]
    public void Quit_and_help_take_nothing()
    {
        Assert.IsType<SlashCommand.Quit>(SlashCommand.Parse("/quit"));
        Assert.IsType<SlashCommand.Help>(SlashCommand.Parse("/help me please"));
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/ me", "")]
    [InlineData("/shrugs now", "shrugs")]
    [InlineData("/mee waves", "mee")]
    public void Any_other_command_is_unknown(string text, string name) => Assert.Equal(new SlashCommand.Unknown(name), SlashCommand.Parse(text));
}
