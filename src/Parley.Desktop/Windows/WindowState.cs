namespace Parley.Desktop.Windows;

/// <summary>How a window was left.</summary>
/// <param name="Size">Its size while it was not maximized.</param>
/// <param name="Maximized">Whether it filled the screen.</param>
internal sealed record WindowState(WindowSize Size, bool Maximized)
{
    internal static readonly WindowState Default = new(WindowSize.Default, Maximized: false);
}
