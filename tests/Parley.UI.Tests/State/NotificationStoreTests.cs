using Parley.UI.State;

namespace Parley.UI.Tests.State;

public sealed class NotificationStoreTests
{
    [Fact]
    public async Task Who_is_muted_for_a_time_comes_back_by_itself()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var changes = 0;
        ui.Notifications.Changed += () => changes++;

        ui.Notifications.Mute(ui.Client, Given.General, TimeSpan.FromMinutes(15));
        ui.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.True(ui.Notifications.IsMuted(ui.Client, Given.General));
        Assert.False(ui.Notifications.IsMuted(ui.Client, Given.Music));
        Assert.Equal(1, changes);

        ui.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(ui.Notifications.IsMuted(ui.Client, Given.General));
        Assert.Equal(2, changes);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_by_years_does_not_stop_the_start_and_the_end_of_the_mute_is_told()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Notifications.Mute(ui.Client, Given.General, TimeSpan.FromDays(1_000));

        using var again = new NotificationStore(ui.Profile, NativeClientOptions.Create() with { Time = ui.Time });
        var isMuted = true;
        again.Changed += () => isMuted = again.IsMuted(ui.Client, Given.General);
        Assert.True(again.IsMuted(ui.Client, Given.General));
        ui.Time.Advance(TimeSpan.FromDays(1_000));
        Assert.False(isMuted);
    }

    [Fact]
    public async Task Settings_come_back_at_the_next_start_and_usual_ones_take_no_space()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Notifications.Save(ui.Client, Given.General, new RoomNotifications(NotifyLevel.Mentions, RoomNotifications.Forever));

        using var again = new NotificationStore(ui.Profile, NativeClientOptions.Create() with { Time = ui.Time });
        Assert.Equal(new RoomNotifications(NotifyLevel.Mentions, RoomNotifications.Forever), again.Of(ui.Client, Given.General));

        again.Save(ui.Client, Given.General, RoomNotifications.Usual);
        Assert.Empty(ui.Profile.ChannelNotifications);
    }
}
