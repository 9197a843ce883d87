using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// Keys that a browser has and WebKitGTK has not: to undo, to do again, to leave. For the window's thread.
/// </summary>
internal static unsafe partial class WindowShortcuts
{
    private const uint Control = 4;

    // WebKitGTK keeps what can be undone and binds no key to it. The page's process does it, in the order of the keys: a command of this process would overtake
    // the letters that a busy page has not been given yet. Where the layout has no Latin letters, the key's place counts.
    private const string Undoing =
        """
        window.addEventListener('keydown', (event) => {
          if (event.defaultPrevented || !event.ctrlKey || event.altKey || event.metaKey || !event.target.closest?.('input, textarea')) return;
          const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : { KeyY: 'y', KeyZ: 'z' }[event.code];
          const redoes = event.shiftKey ? letter === 'z' : letter === 'y';
          if (!redoes && (letter !== 'z' || event.shiftKey)) return;
          event.preventDefault();
          document.execCommand(redoes ? 'redo' : 'undo');
        });
        """;

    /// <summary>Begins for a window around a view.</summary>
    internal static void Begin(nint window, nint view)
    {
        PageScript.Add(view, Undoing);
        // GTK finds an accelerator in every keyboard layout.
        var group = AccelGroupNew();
        WindowAddAccelGroup(window, group);
        Add(group, 'q', Control, &OnQuit, window);
    }

    private static void Add(nint group, char key, uint modifiers, delegate* unmanaged<nint, nint, uint, uint, nint, int> what, nint data) =>
        AccelGroupConnect(group, key, modifiers, 0, ClosureNew(what, data, 0));

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
}
