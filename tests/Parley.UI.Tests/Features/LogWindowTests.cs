using Parley.Client.Features.Messages;
using Parley.UI.Features.Messages;

namespace Parley.UI.Tests.Features;

public sealed class LogWindowTests
{
    [Fact]
    public void The_present_shows_the_last_messages_and_goes_along()
    {
        var window = LogWindow.AtPresent(Given.Log(1, 500));

        Assert.Equal(new LogWindow(441, 500, IsLive: true), window);
        Assert.Equal(new LogWindow(441, 501, IsLive: true), window.Follow(Given.Log(1, 501), isAtBottom: true));
    }

    [Fact]
    public void Nothing_is_shown_of_what_is_not_held() => Assert.True(LogWindow.AtPresent(new RoomLog(10, [])).IsEmpty);

    [Fact]
    public void The_page_never_holds_more_than_its_bound()
    {
        var log = Given.Log(1, 5_000);
        var window = LogWindow.AtPresent(log);

        for (var i = 0; i < 300; i++)
        {
            window = window.Older(log);
            Assert.InRange(window.Last - window.First + 1, 1, LogWindow.MaxCount);
        }

        Assert.Equal(1, window.First);
        for (var i = 0; i < 300; i++)
        {
            window = window.Newer(log);
            Assert.InRange(window.Last - window.First + 1, 1, LogWindow.MaxCount);
        }

        Assert.Equal(5_000, window.Last);
        Assert.True(window.IsLive);
    }

    [Fact]
    public void A_reader_who_is_elsewhere_is_not_moved_by_what_is_said()
    {
        var window = LogWindow.AtPresent(Given.Log(1, 500));
        var first = window.First;

        for (var last = 501; last <= 1_000; last++)
            window = window.Follow(Given.Log(1, last), isAtBottom: false);

        Assert.Equal(first, window.First);
        Assert.False(window.IsLive);
        Assert.Equal(LogWindow.MaxCount, window.Last - window.First + 1);
    }

    [Fact]
    public void A_reader_at_the_present_stays_there_for_ever()
    {
        var window = LogWindow.AtPresent(Given.Log(1, 1));

        for (var last = 2; last <= 1_000; last++)
        {
            window = window.Follow(Given.Log(1, last), isAtBottom: true);
            Assert.Equal(last, window.Last);
            Assert.InRange(window.Last - window.First + 1, 1, LogWindow.MaxCount);
        }
    }

    [Fact]
    public void After_a_gap_the_present_is_shown_to_who_was_there()
    {
        var window = LogWindow.AtPresent(Given.Log(1, 500));
        var log = Given.Log([.. Given.Range(1, 500), .. Given.Range(850, 900)]);

        Assert.Equal(new LogWindow(850, 900, IsLive: true), window.Follow(log, isAtBottom: true));
        Assert.Equal(window with { IsLive = false }, window.Follow(log, isAtBottom: false));
    }

    [Fact]
    public void A_jump_shows_a_message_with_what_stands_around_it()
    {
        var log = Given.Log(1, 500);

        Assert.Equal(new LogWindow(230, 290, IsLive: false), LogWindow.Around(log, 250));
        Assert.Null(LogWindow.Around(log, 501));
    }
}
