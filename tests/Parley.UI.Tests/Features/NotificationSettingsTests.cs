using Parley.Protocol.Features;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class NotificationSettingsTests
{
    [Theory]
    [InlineData(NotifyCause.Service, "", "no notification service answers")]
    [InlineData(NotifyCause.Bus, "", "no session bus")]
    [InlineData(NotifyCause.Library, "libgio-2.0.so.0", "libgio-2.0.so.0 is missing")]
    [InlineData(NotifyCause.Refused, "Too many notifications", "The desktop says: Too many notifications")]
    public async Task A_test_that_fails_says_why(NotifyCause cause, string detail, string words)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Notifier.Failure = new NotifyFailure(cause, detail);

        var said = await TestAsync(ui);

        Assert.StartsWith("Not sent", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_works_says_what_keeps_messages_quiet_all_the_same()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Ui.Select(Given.General);
        Assert.DoesNotContain("muted", await TestAsync(ui), StringComparison.Ordinal);

        ui.Profile.SavePreferences(new Preferences { Notify = NotifyLevel.Nothing });
        ui.Notifications.Mute(ui.Client, Given.General, time: null);
        var said = await TestAsync(ui);

        Assert.Contains("you chose Nothing", said, StringComparison.Ordinal);
        Assert.Contains("#general is muted", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_want_to_be_disturbed_gets_no_test_either()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), new PresenceChanged([new MemberState(Given.Alice, "alice", MemberStatus.DoNotDisturb)]));

        Assert.Contains("Do Not Disturb is on", await TestAsync(ui), StringComparison.Ordinal);
        Assert.Empty(ui.Notifier.Told);
    }

    private static async Task<string> TestAsync(UiContext ui)
    {
        var settings = ui.Render<NotificationSettings>();
        await settings.Find("button").ClickAsync(new());
        return settings.Find("[role=status]").TextContent;
    }
}
