namespace Parley.Desktop.Windows;

/// <summary>The window that shows the interface. Whoever made it awaits <see cref="Closed"/>.</summary>
internal interface IAppWindow
{
    /// <summary>Ends when the window is gone: closed by the person, by <see cref="Close"/>, or by a fault of its own.</summary>
    Task Closed { get; }

    /// <summary>Brings the window to the front, where there is one of ours. May be called from any thread.</summary>
    void Present()
    {
    }

    /// <summary>Closes the window. May be called from any thread, and more than once.</summary>
    void Close();
}

/// <summary>The kinds of windows, the best first.</summary>
internal enum WindowKind
{
    /// <summary>A window of our own around WebKitGTK (Linux).</summary>
    WebKit,

    /// <summary>An installed browser of the Chromium family in app mode.</summary>
    Chromium,

    /// <summary>None: the address is printed, to be opened in any browser.</summary>
    None,
}

/// <summary>A window's inner size in CSS pixels.</summary>
internal sealed record WindowSize(int Width, int Height)
{
    internal static readonly WindowSize Smallest = new(900, 600);

    internal static readonly WindowSize Default = new(1280, 800);

    internal WindowSize AtLeastSmallest() => new(Math.Max(Width, Smallest.Width), Math.Max(Height, Smallest.Height));
}
