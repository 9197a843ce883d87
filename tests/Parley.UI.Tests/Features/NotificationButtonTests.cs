using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class NotificationButtonTests
{
    [Fact]
    public async Task A_level_is_chosen_for_one_channel()
    {
        await using var ui = new UiContext();
        var bell = await OpenAsync(ui);
        Assert.Equal("Default (Every message)", bell.Find("[role=menuitemradio][aria-checked=true]").TextContent.Trim());

        await bell.Find("[role=menuitemradio]:contains('Mentions only')").ClickAsync(new());

        Assert.Equal(NotifyLevel.Mentions, ui.Notifications.Of(ui.Client, Given.General).Level);
        Assert.Equal(NotifyLevel.All, ui.Profile.Preferences.Notify);
        Assert.Empty(bell.FindAll("[role=menu]"));
    }

    [Fact]
    public async Task A_channel_is_muted_for_a_time_and_turned_back_on()
    {
        await using var ui = new UiContext();
        var bell = await OpenAsync(ui);

        await bell.Find("[role=menuitem]:contains('For 8 hours')").ClickAsync(new());
        Assert.Equal("Notifications of #general (muted until 20:00)", bell.Find("button").GetAttribute("aria-label"));

        await bell.Find("button").ClickAsync(new());
        await bell.Find("[role=menuitem]:contains('Turn back on')").ClickAsync(new());
        Assert.Equal("Notifications of #general", bell.Find("button").GetAttribute("aria-label"));
        Assert.Empty(ui.Profile.ChannelNotifications);
    }

    private static async Task<IRenderedComponent<NotificationButton>> OpenAsync(UiContext ui)
    {
        ui.Hear(Given.Ready());
        var bell = ui.Render<NotificationButton>(parameters => parameters.Add(button => button.Id, Given.General));
        await bell.Find("button").ClickAsync(new());
        return bell;
    }
}
