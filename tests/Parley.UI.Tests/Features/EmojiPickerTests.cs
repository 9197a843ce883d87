using Parley.UI.Features.Emoji;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class EmojiPickerTests
{
    [Fact]
    public async Task It_has_every_emoji_in_groups_with_one_stop_for_Tab()
    {
        await using var ui = new UiContext();
        var picker = Render(ui);

        Assert.Equal(9, picker.FindAll("section h3").Count);
        Assert.Equal(EmojiCatalog.Of("en").Groups.Sum(group => group.Entries.Count), picker.FindAll("[role=gridcell]").Count);
        Assert.Equal("grinning face", picker.FindAll("[role=gridcell][tabindex='0']").Single().GetAttribute("aria-label"));
        Assert.Equal(
            picker.FindAll("[role=toolbar] button").Select(jump => jump.GetAttribute("aria-label")),
            picker.FindAll("section h3").Select(title => title.TextContent));
    }

    [Fact]
    public async Task Search_leaves_what_fits_and_says_how_much()
    {
        await using var ui = new UiContext();
        var picker = Render(ui);

        await picker.Find("input[type=text]").InputAsync("pretzel");
        Assert.Equal(["pretzel"], picker.FindAll("[role=gridcell]").Select(emoji => emoji.GetAttribute("data-name")));
        Assert.Equal("1 found", picker.Find("[role=status]").TextContent);

        await picker.Find("input[type=text]").InputAsync("no such thing");
        Assert.Empty(picker.FindAll("[role=gridcell]"));
        Assert.Contains("No emoji", picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_picked_is_told_in_the_chosen_tone_and_stands_first_the_next_time()
    {
        await using var ui = new UiContext();
        var picked = new List<EmojiPicker.Pick>();
        var picker = Render(ui, picked);

        await picker.Find("[aria-label='Medium dark']").ChangeAsync("on");
        await picker.InvokeAsync(() => picker.Instance.PickAsync("wave", isLast: false));
        await picker.InvokeAsync(() => picker.Instance.PickFoundAsync("tada", isLast: true));

        Assert.Equal([new EmojiPicker.Pick("👋🏾", false), new EmojiPicker.Pick("🎉", true)], picked);
        Assert.Equal(SkinTone.MediumDark, ui.Profile.Emoji.Tone);
        Assert.Equal(["🎉", "👋🏾"], Render(ui).Find("section[data-group=recent] [role=row]").Children.Select(emoji => emoji.TextContent));
    }

    private static IRenderedComponent<EmojiPicker> Render(UiContext ui, List<EmojiPicker.Pick>? picked = null) =>
        ui.Render<EmojiPicker>(parameters => parameters.Add(picker => picker.OnPick, pick => picked?.Add(pick)));
}
