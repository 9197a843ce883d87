namespace Parley.Desktop.Windows;

/// <summary>How a window was left.</summary>
/// <param name="Size">Its size while it was not maximized.</param>
/// <param name="Maximized">Whether it filled the screen.</param>
/// <param name="Place">Where its upper left corner was; null leaves it to the desktop.</param>
internal sealed record WindowState(WindowSize Size, bool Maximized, WindowPlace? Place = null)
{
    internal static readonly WindowState Default = new(WindowSize.Default, Maximized: false);

    /// <summary>The same window on the screens that there are now: no larger than the screen that it is on, and wholly on it.</summary>
    /// <param name="screens">What the desktop leaves of each screen, the first screen first.</param>
    internal WindowState FitOn(IReadOnlyList<ScreenArea> screens)
    {
        if (screens.Count == 0)
            return this with { Size = Size.AtLeast(WindowSize.Smallest) };
        var screen = Place is null ? screens[0] : screens.MaxBy(s => s.Overlap(Place, Size)) ?? screens[0];
        var size = Size.AtLeast(WindowSize.Smallest).AtMost(new WindowSize(screen.Width, screen.Height));
        // The screen that it was on may be gone: then it is the desktop's to find a place.
        if (Place is null || screen.Overlap(Place, size) == 0)
            return this with { Size = size, Place = null };
        var x = Math.Clamp(Place.X, screen.X, screen.X + screen.Width - size.Width);
        var y = Math.Clamp(Place.Y, screen.Y, screen.Y + screen.Height - size.Height);
        return this with { Size = size, Place = new WindowPlace(x, y) };
    }
}

/// <summary>What is remembered of a window from one start to the next.</summary>
/// <param name="State">How it was left.</param>
/// <param name="Remember">Told how it is left.</param>
internal sealed record KeptWindow(WindowState State, Action<WindowState> Remember);

/// <summary>A window's inner size in CSS pixels.</summary>
internal sealed record WindowSize(int Width, int Height)
{
    internal static readonly WindowSize Smallest = new(900, 600);

    internal static readonly WindowSize Default = new(1280, 800);

    internal WindowSize AtLeast(WindowSize least) => new(Math.Max(Width, least.Width), Math.Max(Height, least.Height));

    internal WindowSize AtMost(WindowSize most) => new(Math.Min(Width, most.Width), Math.Min(Height, most.Height));
}

/// <summary>Where a window's upper left corner is, in the coordinates of all screens together.</summary>
internal sealed record WindowPlace(int X, int Y);

/// <summary>The part of a screen that windows may take, in the coordinates of all screens together.</summary>
internal sealed record ScreenArea(int X, int Y, int Width, int Height)
{
    /// <summary>How much of a window lies here, in square pixels.</summary>
    internal long Overlap(WindowPlace place, WindowSize size) =>
        Math.Max(0L, Math.Min(place.X + size.Width, X + Width) - Math.Max(place.X, X))
        * Math.Max(0L, Math.Min(place.Y + size.Height, Y + Height) - Math.Max(place.Y, Y));
}
