using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>The screens that there are, as GDK knows them. For the window's thread.</summary>
internal static partial class Screens
{
    private const string GdkLibrary = "libgdk-3.so.0";

    /// <summary>What the desktop leaves of each screen, the first screen first.</summary>
    internal static IReadOnlyList<ScreenArea> Areas()
    {
        var display = Gtk.DisplayGetDefault();
        var areas = new List<ScreenArea>();
        for (var i = 0; i < DisplayGetMonitorCount(display); i++)
        {
            var monitor = DisplayGetMonitor(display, i);
            MonitorGetWorkArea(monitor, out var area);
            areas.Insert(MonitorIsPrimary(monitor) != 0 ? 0 : areas.Count, new ScreenArea(area.X, area.Y, area.Width, area.Height));
        }

        return areas;
    }

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_display_get_n_monitors")]
    private static partial int DisplayGetMonitorCount(nint display);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_display_get_monitor")]
    private static partial nint DisplayGetMonitor(nint display, int number);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_monitor_is_primary")]
    private static partial int MonitorIsPrimary(nint monitor);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_monitor_get_workarea")]
    private static partial void MonitorGetWorkArea(nint monitor, out Rectangle area);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Rectangle(int X, int Y, int Width, int Height);
}
