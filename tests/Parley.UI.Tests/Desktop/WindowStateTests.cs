using Parley.Desktop.Windows;

namespace Parley.UI.Tests.Desktop;

public sealed class WindowStateTests
{
    private static readonly ScreenArea Large = new(0, 30, 1920, 1050);
    private static readonly ScreenArea Beside = new(1920, 0, 1280, 1024);
    private static readonly ScreenArea Small = new(0, 0, 800, 560);

    [Fact]
    public void A_window_comes_back_where_it_was() =>
        Assert.Equal(State(1000, 700, 2000, 100), State(1000, 700, 2000, 100).FitOn([Large, Beside]));

    [Fact]
    public void A_window_is_no_larger_than_its_screen() =>
        Assert.Equal(State(1280, 1024, 1920, 0), State(1800, 1300, 2000, 100).FitOn([Large, Beside]));

    [Fact]
    public void A_window_that_hangs_over_the_edge_is_moved_onto_the_screen() =>
        Assert.Equal(State(1000, 700, 920, 380), State(1000, 700, 1500, 900).FitOn([Large]));

    [Fact]
    public void Where_its_screen_is_gone_the_desktop_finds_a_place() =>
        Assert.Equal(new WindowState(new WindowSize(1000, 700), Maximized: true), (State(1000, 700, 2000, 100) with { Maximized = true }).FitOn([Large]));

    [Fact]
    public void A_screen_smaller_than_the_smallest_window_is_filled() =>
        Assert.Equal(new WindowSize(800, 560), WindowState.Default.FitOn([Small]).Size);

    [Fact]
    public void A_picture_has_more_than_one_colour()
    {
        Assert.False(PaintWatch.HasPicture([]));
        Assert.False(PaintWatch.HasPicture([0xff1e1f22, 0x001e1f22, 0xff1e1f22]));
        Assert.True(PaintWatch.HasPicture([0xff1e1f22, 0xff1e1f22, 0xff1e1f23]));
    }

    private static WindowState State(int width, int height, int x, int y) => new(new WindowSize(width, height), Maximized: false, new WindowPlace(x, y));
}
