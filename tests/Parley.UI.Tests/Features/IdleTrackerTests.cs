using Parley.UI.Features.Members;

namespace Parley.UI.Tests.Features;

public sealed class IdleTrackerTests
{
    [Fact]
    public async Task Somebody_is_there_while_one_window_is_touched()
    {
        await using var ui = new UiContext();
        using var watch = new IdleTracker(ui.Accounts, NativeClientOptions.Create() with { Time = ui.Time });
        var (first, second) = (new object(), new object());
        watch.Report(first, isIdle: false);
        watch.Report(second, isIdle: false);

        watch.Report(first, isIdle: true);
        Assert.False(watch.IsIdle);
        watch.Report(second, isIdle: true);
        Assert.True(watch.IsIdle);

        watch.Report(first, isIdle: false);
        Assert.False(watch.IsIdle);
    }

    [Fact]
    public async Task A_window_that_is_gone_does_not_count()
    {
        await using var ui = new UiContext();
        using var watch = new IdleTracker(ui.Accounts, NativeClientOptions.Create() with { Time = ui.Time });
        var (gone, left) = (new object(), new object());
        watch.Report(gone, isIdle: false);
        watch.Report(left, isIdle: true);

        watch.Leave(gone);

        Assert.True(watch.IsIdle);
    }

    [Fact]
    public async Task While_the_screen_is_locked_nobody_is_there_until_it_is_unlocked_or_touched()
    {
        await using var ui = new UiContext();
        using var watch = new IdleTracker(ui.Accounts, NativeClientOptions.Create() with { Time = ui.Time });
        var (first, second) = (new object(), new object());
        watch.Report(first, isIdle: false);
        watch.Report(second, isIdle: true);

        watch.SetLocked(true);
        Assert.True(watch.IsIdle);
        watch.SetLocked(false);
        Assert.False(watch.IsIdle);

        watch.SetLocked(true);
        watch.Report(second, isIdle: false); // Nobody says that the lock is gone, but here is somebody.
        Assert.False(watch.IsIdle);
        watch.Report(second, isIdle: true);
        Assert.True(watch.IsIdle); // The first was not touched since.
    }

    [Fact]
    public async Task Without_a_window_nobody_is_there_after_a_while_and_loading_it_again_is_nothing()
    {
        await using var ui = new UiContext();
        using var watch = new IdleTracker(ui.Accounts, NativeClientOptions.Create() with { Time = ui.Time });
        watch.Report(this, isIdle: false);

        watch.Leave(this);
        ui.Time.Advance(IdleTracker.Limit / 2);
        Assert.False(watch.IsIdle);
        var again = new object();
        watch.Report(again, isIdle: false);
        ui.Time.Advance(IdleTracker.Limit);
        Assert.False(watch.IsIdle);

        watch.Leave(again);
        ui.Time.Advance(IdleTracker.Limit);

        Assert.True(watch.IsIdle);
    }
}
