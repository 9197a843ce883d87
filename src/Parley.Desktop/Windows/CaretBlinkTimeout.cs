using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// Lets the caret of the page rest while nothing is typed, as GTK's own text fields do after ten seconds (gtk-cursor-blink-timeout). WebKitGTK's would
/// blink for ever, and each blink is a frame of the whole window: it is most of what the program takes while nobody uses it. What is changed is the
/// time of a blink; without blinking (gtk-cursor-blink) WebKitGTK 2.50 draws frame after frame. It hears of the change only where it looked for a graphics
/// device, too: WEBKIT_WEB_RENDER_DEVICE_FILE would save 10 MB and leave the caret blinking. For the window's thread.
/// </summary>
internal sealed unsafe partial class CaretBlinkTimeout
{
    private const uint BlinkMilliseconds = 10_000;
    private const string BlinkTime = "gtk-cursor-blink-time";
    private const int RestTime = int.MaxValue;

    private static nint _settings;
    private static int _blinkTime;
    private static bool _rests;
    private static uint _timer;

    /// <summary>Begins for a view.</summary>
    internal static void Begin(nint view)
    {
        _settings = SettingsGetDefault();
        var value = default(Value);
        ValueInit(ref value, IntType);
        ObjectGetProperty(_settings, BlinkTime, ref value);
        _blinkTime = ValueGetInt(ref value);
        _ = Gtk.SignalConnect(view, "key-press-event", (delegate* unmanaged<nint, nint, nint, int>)&OnTouch, 0, 0, 0);
        _ = Gtk.SignalConnect(view, "button-press-event", (delegate* unmanaged<nint, nint, nint, int>)&OnTouch, 0, 0, 0);
        _ = Gtk.SignalConnect(view, "focus-in-event", (delegate* unmanaged<nint, nint, nint, int>)&OnTouch, 0, 0, 0);
        Wait();
    }

    private static void Wait()
    {
        if (_timer != 0)
            _ = SourceRemove(_timer);
        _timer = Gtk.TimeoutAdd(Gtk.PriorityDefault, BlinkMilliseconds, &OnRest, 0, 0);
    }

    private static void SetBlinkTime(int time) => SettingsSetLong(_settings, BlinkTime, time, "parley");

    [UnmanagedCallersOnly]
    private static int OnTouch(nint sender, nint gdkEvent, nint data)
    {
        if (_rests)
            SetBlinkTime(_blinkTime);
        _rests = false;
        Wait();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnRest(nint data)
    {
        _timer = 0;
        _rests = true;
        SetBlinkTime(RestTime);
        return 0;
    }

    private const nuint IntType = 6 << 2;
    private const string GtkLibrary = "libgtk-3.so.0";
    private const string GLibLibrary = "libglib-2.0.so.0";
    private const string GObjectLibrary = "libgobject-2.0.so.0";

    // A GValue: its type, and room for what it holds.
    [StructLayout(LayoutKind.Sequential)]
    private struct Value
    {
        public nuint Type;
        public long First;
        public long Second;
    }

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_settings_get_default")]
    private static partial nint SettingsGetDefault();

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_settings_set_long_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SettingsSetLong(nint settings, string name, nint value, string origin);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_value_init")]
    private static partial void ValueInit(ref Value value, nuint type);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_value_get_int")]
    private static partial int ValueGetInt(ref Value value);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void ObjectGetProperty(nint instance, string name, ref Value value);

    [LibraryImport(GLibLibrary, EntryPoint = "g_source_remove")]
    private static partial int SourceRemove(uint source);
}
