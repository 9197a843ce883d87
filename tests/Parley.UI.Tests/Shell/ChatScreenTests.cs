using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Shell;

public sealed class ChatScreenTests
{
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
    public async Task What_is_unread_is_bold_with_a_count()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();

        ui.Hear(Given.Live(1, channel: Given.Music), Given.Live(2, channel: Given.Music));

        screen.WaitForAssertion(() =>
        {
            var item = screen.Find("nav[aria-label=Channels] li:nth-child(2)");
            Assert.Contains("item--unread", item.ClassName, StringComparison.Ordinal);
            Assert.Equal("music", item.QuerySelector("a")?.TextContent.Trim());
            Assert.Contains("2 unread", item.TextContent, StringComparison.Ordinal);
        });
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
