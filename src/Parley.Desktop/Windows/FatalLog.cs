using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// What the window's libraries report as fatal ends the window, and not the program. GLib would abort the process, and WebKitGTK reports so that a page's
/// process cannot be started, or died before it had said who it is.
/// </summary>
internal static unsafe partial class FatalLog
{
    private const int Error = 1 << 2; // G_LOG_LEVEL_ERROR, the only level that is always fatal.

    private static Action<string>? _giveUp;

    /// <summary>Begins.</summary>
    /// <param name="giveUp">Told why, on the thread that reported it. That thread does not go on, whatever it was in the middle of.</param>
    internal static void Begin(Action<string> giveUp)
    {
        _giveUp = giveUp;
        _ = SetDefaultHandler(&OnLog, 0);
    }

    [UnmanagedCallersOnly]
    private static void OnLog(nint domain, int level, nint message, nint data)
    {
        if ((level & Error) == 0)
        {
            DefaultHandler(domain, level, message, data);
            return;
        }

        _giveUp?.Invoke(Marshal.PtrToStringUTF8(message) ?? "");
        Thread.CurrentThread.Join(); // For ever: to return from here is to abort.
    }

    /// <summary>Takes a window off the screen, and tells nobody within the libraries: the rest of them may be in the middle of something.</summary>
    internal static void TakeOffScreen(nint window)
    {
        if (Gtk.WidgetGetWindow(window) is not 0 and var surface)
            WindowHide(surface);
        DisplayFlush(Gtk.DisplayGetDefault());
    }

    private const string GLibLibrary = "libglib-2.0.so.0";
    private const string GdkLibrary = "libgdk-3.so.0";

    [LibraryImport(GLibLibrary, EntryPoint = "g_log_set_default_handler")]
    private static partial nint SetDefaultHandler(delegate* unmanaged<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(GLibLibrary, EntryPoint = "g_log_default_handler")]
    private static partial void DefaultHandler(nint domain, int level, nint message, nint data);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_window_hide")]
    private static partial void WindowHide(nint window);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_display_flush")]
    private static partial void DisplayFlush(nint display);
}
