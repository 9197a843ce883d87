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

    [Fact]
    public void Quit_and_help_take_nothing()
    {
        Assert.IsType<SlashCommand.Quit>(SlashCommand.Parse("/quit"));
        Assert.IsType<SlashCommand.Help>(SlashCommand.Parse("/help me please"));
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/ me", "")]
    [InlineData("/shrug now", "shrug")]
    [InlineData("/mee waves", "mee")]
    public void Any_other_command_is_unknown(string text, string name) => Assert.Equal(new SlashCommand.Unknown(name), SlashCommand.Parse(text));
}
