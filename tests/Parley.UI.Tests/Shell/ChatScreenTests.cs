using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Shell;
using Parley.UI.State;

namespace Parley.UI.Tests.Shell;

public sealed class ChatScreenTests
{
    [Fact]
    public async Task The_room_that_was_last_in_view_is_the_first_at_the_next_start()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();
        await screen.InvokeAsync(() => screen.Instance.Ui.Select(Given.Music));
        screen.WaitForAssertion(() => Assert.Equal("channels/music", ui.Profile.RoomOf(ui.Client.Server)));

        await using var next = new UiContext();
        next.Profile.SaveRoom(next.Client.Server, "channels/music");
        next.Hear(Given.Ready());

        Assert.Equal(Given.Music, next.Render<ChatScreen>().Instance.Ui.Selected);
    }

    [Fact]
    public async Task Channels_conversations_and_people_have_their_names()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var screen = ui.Render<ChatScreen>();

        Assert.Equal(["general", "music"], screen.FindAll("nav[aria-label=Channels] a").Select(link => link.TextContent.Trim()));
        Assert.Equal(["bob"], screen.FindAll("nav[aria-label='Direct messages'] a .item__name").Select(link => link.TextContent.Trim()));
        Assert.Equal(["alice", "bob"], screen.FindAll("ul[aria-label=Members] .member__name").Select(name => name.TextContent.Trim()));
        Assert.Equal("Everything and nothing", screen.Find("header p").TextContent);
    }

    [Fact]
    public async Task General_is_in_view_at_first_and_a_click_brings_another()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();
        Assert.Equal("Message #general", screen.Find("textarea").GetAttribute("aria-label"));

        await screen.Find("a:contains('music')").ClickAsync(new());

        Assert.Equal("Message #music", screen.Find("textarea").GetAttribute("aria-label"));
        Assert.Equal("music", screen.Find("a[aria-current=page]").TextContent.Trim());
    }

    [Fact]
    public async Task General_comes_in_place_of_what_is_gone()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();
        await screen.Find("a:contains('music')").ClickAsync(new());

        var ready = Given.Ready();
        ui.Hear(ready with { Epoch = "e2", Channels = [new ChannelState(new(8), "art", "", 0, 0, 0), ready.Channels[0] with { Id = new(9) }] });
        ui.Time.Advance(TimeSpan.FromSeconds(1)); // The next frame.

        screen.WaitForAssertion(() => Assert.Equal("Message #general", screen.Find("textarea").GetAttribute("aria-label")));
        Assert.Equal(new ChannelId(9), ui.Ui.Selected);
    }

    [Fact]
    public async Task What_is_unread_is_bold_with_a_dot_and_what_is_for_me_has_a_count()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();

        ui.Hear(Given.Live(1, channel: Given.Music), Given.Live(2, channel: Given.Music));
        ui.Time.Advance(TimeSpan.FromSeconds(1)); // The next frame.
        screen.WaitForAssertion(() => Assert.Equal(("item--unread", "", "2 unread"), Counts(Music(screen))));

        ui.Hear(Given.Mention(3, Given.Music), Given.Live(1, channel: Given.WithBob));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        screen.WaitForAssertion(() =>
        {
            Assert.Equal(("item--unread", "1", "3 unread, 1 mentioning you"), Counts(Music(screen)));
            Assert.Equal(("item--unread", "1", "Offline, 1 unread"), Counts(screen.Find("nav[aria-label='Direct messages'] li")));
        });
        Assert.Equal("music", Music(screen).QuerySelector("a")?.TextContent.Trim());
    }

    [Fact]
    public async Task A_muted_channel_tells_of_mentions_alone()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1, channel: Given.Music), Given.Live(1, channel: Given.WithBob));
        ui.Notifications.Mute(ui.Client, Given.Music, TimeSpan.FromHours(1));
        ui.Notifications.Mute(ui.Client, Given.WithBob, time: null);
        var screen = ui.Render<ChatScreen>();
        Assert.Equal(("item--muted", "", "muted"), Counts(Music(screen)));
        Assert.Equal(("item--muted", "", "Offline, muted"), Counts(screen.Find("nav[aria-label='Direct messages'] li")));

        ui.Hear(Given.Mention(2, Given.Music));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        screen.WaitForAssertion(() => Assert.Equal(("item--unread item--muted", "1", "1 mentioning you, muted"), Counts(Music(screen))));

        ui.Time.Advance(TimeSpan.FromHours(1));
        screen.WaitForAssertion(() => Assert.Equal(("item--unread", "1", "2 unread, 1 mentioning you"), Counts(Music(screen))));
    }

    [Fact]
    public async Task Jumps_to_what_is_unread_pass_over_what_is_muted()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1, channel: Given.Music), Given.Live(1, channel: Given.WithBob));
        ui.Notifications.Mute(ui.Client, Given.Music, time: null);
        var screen = ui.Render<ChatScreen>();

        await screen.InvokeAsync(() => screen.Instance.PressAsync("UnreadRoomBelow"));

        Assert.Equal(Given.WithBob, ui.Ui.Selected);
    }

    [Fact]
    public async Task The_title_counts_what_is_for_me_and_has_a_dot_for_the_rest()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var title = ui.Render<WindowTitle>(parameters => parameters.Add(t => t.Name, RoomName.Of(ui.Client.Store.State, Given.General)));
        Assert.Equal("#general · Parley", title.Instance.Title);

        ui.Hear(Given.Live(1, channel: Given.Music));
        title.WaitForAssertion(() => Assert.Equal("• #general · Parley", title.Instance.Title));

        ui.Hear(Given.Mention(2, Given.Music), Given.Live(1, channel: Given.WithBob));
        title.WaitForAssertion(() => Assert.Equal("(2) #general · Parley", title.Instance.Title));
    }

    private static AngleSharp.Dom.IElement Music(IRenderedComponent<ChatScreen> screen) => screen.Find("nav[aria-label=Channels] li:nth-child(2)");

    // What the row is, its badge, and how a screen reader describes it.
    private static (string Classes, string Count, string Description) Counts(AngleSharp.Dom.IElement item)
    {
        var described = item.QuerySelector("a")?.GetAttribute("aria-describedby");
        return (
            string.Join(' ', item.ClassList.Where(name => name is "item--unread" or "item--muted")),
            item.QuerySelector(".item__count")?.TextContent ?? "",
            described is null ? "" : item.QuerySelector("#" + described)?.TextContent ?? "nothing of that id");
    }

    [Fact]
    public async Task The_banner_counts_down_to_the_next_try_and_goes_by_itself()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Change(state => state with { Connection = new ConnectionStatus.Reconnecting(ui.Time.GetUtcNow().AddSeconds(8), "The connection was lost.") });
        var screen = ui.Render<ChatScreen>();
        Assert.Contains("Next try in 8 s", screen.Find(".banner").TextContent, StringComparison.Ordinal);

        ui.Time.Advance(TimeSpan.FromSeconds(3));
        screen.WaitForAssertion(() => Assert.Contains("Next try in 5 s", screen.Find(".banner").TextContent, StringComparison.Ordinal));

        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".banner")));
    }

    [Fact]
    public async Task A_new_channel_and_a_new_person_appear_by_themselves()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();

        ui.Hear(
            new ChannelCreated(new ChannelEntry(new(9), "art", "")),
            new PresenceChanged([new MemberState(new(9), "zoe", MemberStatus.Online), new MemberState(Given.Bob, "bob", MemberStatus.Online)]));

        screen.WaitForAssertion(() =>
        {
            Assert.Equal(["art", "general", "music"], screen.FindAll("nav[aria-label=Channels] a").Select(link => link.TextContent.Trim()));
            Assert.Equal(["alice", "bob", "zoe"], screen.FindAll("ul[aria-label=Members] .member__name").Select(name => name.TextContent.Trim()));
        });
    }
}
