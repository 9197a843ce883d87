using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// Keys that are the window's and not the page's. WebKitGTK binds none to undoing (a browser does so by itself), though it keeps what can be undone. They are
/// accelerators, which GTK finds in every keyboard layout. For the window's thread.
/// </summary>
internal static unsafe partial class WindowShortcuts
{
    private const uint Shift = 1;
    private const uint Control = 4;

    /// <summary>Begins for a window around a view.</summary>
    internal static void Begin(nint window, nint view)
    {
        var group = AccelGroupNew();
        WindowAddAccelGroup(window, group);
        Add(group, 'z', Control, &OnUndo, view);
        Add(group, 'z', Control | Shift, &OnRedo, view);
        Add(group, 'y', Control, &OnRedo, view);
        Add(group, 'q', Control, &OnQuit, window);
    }

    private static void Add(nint group, char key, uint modifiers, delegate* unmanaged<nint, nint, uint, uint, nint, int> what, nint data) =>
        AccelGroupConnect(group, key, modifiers, 0, ClosureNew(what, data, 0));

    [UnmanagedCallersOnly]
    private static int OnUndo(nint group, nint window, uint key, uint modifiers, nint view)
    {
        WebViewExecute(view, "Undo");
        return 1;
    }

    [UnmanagedCallersOnly]
    private static int OnRedo(nint group, nint window, uint key, uint modifiers, nint view)
    {
        WebViewExecute(view, "Redo");
        return 1;
    }

    // As the cross in the frame does it: nothing is asked, and nothing lost.
    [UnmanagedCallersOnly]
    private static int OnQuit(nint group, nint sender, uint key, uint modifiers, nint window)
    {
        Gtk.WindowClose(window);
        return 1;
    }

    private const string GtkLibrary = "libgtk-3.so.0";
    private const string GObjectLibrary = "libgobject-2.0.so.0";

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_accel_group_new")]
    private static partial nint AccelGroupNew();

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_add_accel_group")]
    private static partial void WindowAddAccelGroup(nint window, nint group);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_accel_group_connect")]
    private static partial void AccelGroupConnect(nint group, uint key, uint modifiers, int flags, nint closure);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_cclosure_new")]
    private static partial nint ClosureNew(void* function, nint data, nint destroyData);

    [LibraryImport("libwebkit2gtk-4.1.so.0", EntryPoint = "webkit_web_view_execute_editing_command", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void WebViewExecute(nint view, string command);
}
