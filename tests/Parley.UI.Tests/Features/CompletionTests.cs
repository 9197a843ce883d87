using Parley.Client.Features.Members;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.Features.Messages.Completion;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class CompletionTests
{
    private static readonly UserId Bobby = new(3);
    private static readonly UserId Robin = new(4);

    [Fact]
    public void People_who_are_here_stand_first_and_of_them_who_spoke_last() =>
        Assert.Equal(["@Robin", "@bobby", "@bob", "@alice"], Words("@"));

    [Fact]
    public void A_name_that_begins_so_stands_above_one_that_has_it_inside() =>
        Assert.Equal(["@bobby", "@bob", "@Robin"], Words("@b").Except(["@alice"]));

    [Theory]
    [InlineData("#", "#general #music")]
    [InlineData("#mu", "#music")]
    [InlineData("#x", "")]
    [InlineData("/", "/me /msg /shrug /tableflip /quit /help")]
    [InlineData("/M", "/me /msg")]
    [InlineData("/me", "/me")]
    [InlineData("/nothing", "")]
    [InlineData(":s", "")]
    public void What_fits_is_offered_in_its_order(string word, string expected) => Assert.Equal(expected, string.Join(' ', Words(word)));

    [Theory]
    [InlineData(":tada", ":tada:", "🎉")]
    [InlineData(":thumbsu", ":thumbsup:", "👍")]
    [InlineData(":+1", ":+1:", "👍")]
    [InlineData(":de", ":de:", "🇩🇪")]
    public void An_emoji_is_found_by_any_of_its_names(string word, string name, string character)
    {
        var best = Assert.IsType<CompletionOption.Picture>(Find(word)[0]);

        Assert.Equal((name, character), (best.Word, best.Text));
    }

    [Fact]
    public void An_emoji_that_was_used_stands_before_others_that_fit_as_well_and_has_the_person_s_tone()
    {
        var habits = new EmojiPreferences(SkinTone.Medium, []).After("👏").After("👏");

        Assert.NotEqual("👏🏽", Find(":clap", EmojiPreferences.None)[0].Text);
        Assert.Equal("👏🏽", Find(":clap", habits)[0].Text);
        Assert.Equal(["👏"], habits.Recent);
    }

    [Fact]
    public async Task Each_kind_of_option_says_what_it_is()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var list = ui.Render<CompletionList>(parameters => parameters.Add(shown => shown.Id, Given.General));

        Assert.Equal("general Everything and nothing", await ShowAsync("#gen"));
        Assert.Contains("bob Offline", await ShowAsync("@bo"), StringComparison.Ordinal);
        Assert.Equal("🎉 :tada:", await ShowAsync(":tada"));
        Assert.Equal("/msg NAME TEXT send a private message", await ShowAsync("/msg"));
        Assert.Contains("1", list.Find("[role=status]").TextContent, StringComparison.Ordinal);

        async Task<string> ShowAsync(string word)
        {
            await list.InvokeAsync(() => list.Instance.CompleteAsync(word));
            return string.Join(' ', list.Find("[role=listbox] [role=option]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task An_emoji_that_was_taken_is_remembered_and_the_list_is_gone()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var list = ui.Render<CompletionList>(parameters => parameters.Add(shown => shown.Id, Given.General));
        await list.InvokeAsync(() => list.Instance.CompleteAsync(":tada"));

        await list.InvokeAsync(() => list.Instance.Close(":tada:"));

        Assert.Empty(list.FindAll("[role=listbox]"));
        Assert.Equal(["🎉"], ui.Profile.Emoji.Recent);
    }

    private static IEnumerable<string> Words(string word) => Find(word).Select(option => option.Word);

    private static IReadOnlyList<CompletionOption> Find(string word, EmojiPreferences? habits = null) =>
        CompletionSearch.Find(
            word, State(), KnownMembers.Empty.After(Ready()), Given.General, habits ?? EmojiPreferences.None,
            CommandHelp.Of(new HostCapabilities { Window = new ClosedWindow() }));

    // Bob is away, though he spoke last; of those who are here Robin did. It is Alice who types.
    private static ChatState State() =>
        new ServerMessage[] { Ready(), Given.Live(1, Bobby), Given.Live(2, Robin), Given.Live(3, Given.Bob) }.Aggregate(ChatState.Empty, Reducer.Apply);

    private static Ready Ready() => Given.Ready() with
    {
        Members = [.. Given.Ready().Members, new MemberState(Bobby, "bobby", MemberStatus.Online), new MemberState(Robin, "Robin", MemberStatus.Online)],
    };
}
