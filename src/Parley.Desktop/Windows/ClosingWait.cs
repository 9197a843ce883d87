using System.Runtime.InteropServices;
using Parley.UI.Interop;

namespace Parley.Desktop.Windows;

/// <summary>
/// Waits, when the window is gone for the person, until the page has had their last keys, and the program what they did: a draft (DraftStore), or the outbox.
/// For the window's thread.
/// </summary>
internal sealed unsafe partial class ClosingWait
{
    private const string Handler = "closing";

    // A page that hangs has no say in when the program ends.
    private const uint LimitMilliseconds = 3_000;

    // Where no last key can be told from the others: a window without the keyboard, whose page is given none, or a program that ends by itself (a signal,
    // /quit) and with it the connection by which the page would answer.
    private const uint UnansweredMilliseconds = 250;

    // The view gives its page one key after another, each when the one before is done with: scripts overtake them, only another key comes after them. This one
    // is on hardly any keyboard, and means nothing to the page. What the page says to the program keeps its order, so an answer is an answer to all of it.
    private const string Answering =
        $$"""
        window.addEventListener('keydown', (event) => {
          if (event.keyCode !== 135) return; // F24, whose name WebKitGTK does not know.
          event.preventDefault();
          event.stopImmediatePropagation();
          const over = () => window.webkit.messageHandlers.{{Handler}}.postMessage('');
          if (window.DotNet === undefined) over();
          else window.DotNet.invokeMethodAsync('{{PageFlush.Assembly}}', '{{PageFlush.Method}}').then(over, over);
        }, { capture: true });
        """;

    private readonly nint _window;
    private readonly nint _view;
    private readonly Action _over;
    private readonly GCHandle _self;

    /// <summary>For a view that was just made.</summary>
    /// <param name="window">The window around it.</param>
    /// <param name="view">The view.</param>
    /// <param name="over">Called once, or a second time where the page answers too late.</param>
    internal ClosingWait(nint window, nint view, Action over)
    {
        _window = window;
        _view = view;
        _over = over;
        _self = GCHandle.Alloc(this);
        PageScript.Add(view, Answering);
        PageScript.Hear(view, Handler, &OnAnswer, GCHandle.ToIntPtr(_self));
    }

    /// <summary>Whether the window is gone for the person.</summary>
    internal bool IsBegun { get; private set; }

    /// <summary>Nothing more comes from the person. The window is still to be hidden: then GTK gives it no key any more.</summary>
    /// <param name="isAsked">Whether the person closed it, and the page can still say something to the program.</param>
    internal void Begin(bool isAsked)
    {
        if (IsBegun)
            return;
        IsBegun = true;
        var answers = isAsked && Gtk.WindowIsActive(_window) != 0;
        _ = Gtk.TimeoutAdd(Gtk.PriorityDefault, answers ? LimitMilliseconds : UnansweredMilliseconds, &OnLimit, GCHandle.ToIntPtr(_self), 0);
        if (answers)
            PressLast();
    }

    private void PressLast()
    {
        var key = EventNew(KeyPress);
        var fields = (KeyEvent*)key;
        fields->Window = ObjectRef(Gtk.WidgetGetWindow(_view)); // The event lets go of it.
        fields->IsSent = 1;
        fields->Symbol = F24;
        EventSetDevice(key, SeatGetKeyboard(DisplayGetDefaultSeat(Gtk.DisplayGetDefault())));
        _ = WidgetEvent(_view, key);
        EventFree(key);
    }

    [UnmanagedCallersOnly]
    private static void OnAnswer(nint manager, nint message, nint data)
    {
        if (From(data) is { IsBegun: true } closing)
            closing._over();
    }

    [UnmanagedCallersOnly]
    private static int OnLimit(nint data)
    {
        Gtk.WebViewTerminateProcess(From(data)._view); // It would outlive this process.
        From(data)._over();
        return 0;
    }

    private static ClosingWait From(nint data) =>
        GCHandle.FromIntPtr(data).Target as ClosingWait ?? throw new InvalidOperationException("The handle of the wait is gone.");

    private const int KeyPress = 8;
    private const uint F24 = 0xffd5;
    private const string GtkLibrary = "libgtk-3.so.0";
    private const string GdkLibrary = "libgdk-3.so.0";
    private const string GObjectLibrary = "libgobject-2.0.so.0";

    // The beginning of a GdkEventKey.
    [StructLayout(LayoutKind.Sequential)]
    private struct KeyEvent
    {
        public int Type;
        public nint Window;
        public sbyte IsSent;
        public uint Time;
        public uint Modifiers;
        public uint Symbol;
    }

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_event")]
    private static partial int WidgetEvent(nint widget, nint gdkEvent);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_event_new")]
    private static partial nint EventNew(int type);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_event_free")]
    private static partial void EventFree(nint gdkEvent);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_event_set_device")]
    private static partial void EventSetDevice(nint gdkEvent, nint device);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_display_get_default_seat")]
    private static partial nint DisplayGetDefaultSeat(nint display);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_seat_get_keyboard")]
    private static partial nint SeatGetKeyboard(nint seat);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_object_ref")]
    private static partial nint ObjectRef(nint instance);
}
