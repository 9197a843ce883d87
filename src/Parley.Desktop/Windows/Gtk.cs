using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// The few functions of GTK 3, WebKitGTK 4.1 and GLib that a window of our own takes. All but <see cref="IdleAdd"/> belong to the window's thread.
/// </summary>
internal static unsafe partial class Gtk
{
    private const string GtkLibrary = "libgtk-3.so.0";
    private const string GdkLibrary = "libgdk-3.so.0";
    private const string WebKitLibrary = "libwebkit2gtk-4.1.so.0";
    private const string GLibLibrary = "libglib-2.0.so.0";
    private const string GObjectLibrary = "libgobject-2.0.so.0";

    /// <summary>G_PRIORITY_DEFAULT: before what the web view does on this thread.</summary>
    internal const int PriorityDefault = 0;

    /// <summary>G_PRIORITY_LOW: after all else.</summary>
    internal const int PriorityLow = 300;

    /// <summary>Whether both libraries are installed.</summary>
    internal static bool IsInstalled() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(GtkLibrary, out _) && NativeLibrary.TryLoad(WebKitLibrary, out _);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_init_check")]
    internal static partial int InitCheck(nint argc, nint argv);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_new")]
    internal static partial nint WindowNew(int type);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_set_title", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void WindowSetTitle(nint window, string title);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_set_default_size")]
    internal static partial void WindowSetDefaultSize(nint window, int width, int height);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_get_size")]
    internal static partial void WindowGetSize(nint window, out int width, out int height);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_set_icon_from_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int WindowSetIconFromFile(nint window, string path, nint error);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_get_position")]
    internal static partial void WindowGetPosition(nint window, out int x, out int y);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_move")]
    internal static partial void WindowMove(nint window, int x, int y);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_set_startup_id", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void WindowSetStartupId(nint window, string id);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_is_maximized")]
    internal static partial int WindowIsMaximized(nint window);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_maximize")]
    internal static partial void WindowMaximize(nint window);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_present")]
    internal static partial void WindowPresent(nint window);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_is_active")]
    internal static partial int WindowIsActive(nint window);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_set_urgency_hint")]
    internal static partial void WindowSetUrgency(nint window, int isUrgent);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_window_close")]
    internal static partial void WindowClose(nint window);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_set_size_request")]
    internal static partial void WidgetSetSizeRequest(nint widget, int width, int height);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_get_window")]
    internal static partial nint WidgetGetWindow(nint widget);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_display_get_default")]
    internal static partial nint DisplayGetDefault();

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_grab_focus")]
    internal static partial void WidgetGrabFocus(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_hide")]
    internal static partial void WidgetHide(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_destroy")]
    internal static partial void WidgetDestroy(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_show_all")]
    internal static partial void WidgetShowAll(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_container_add")]
    internal static partial void ContainerAdd(nint container, nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_main")]
    internal static partial void MainLoop();

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_main_quit")]
    internal static partial void MainQuit();

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_context_new_ephemeral")]
    internal static partial nint WebContextNewEphemeral();

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_context_set_spell_checking_enabled")]
    internal static partial void WebContextSetSpellChecking(nint context, int enabled);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_context_set_spell_checking_languages")]
    internal static partial void WebContextSetSpellCheckingLanguages(nint context, nint languages);

    [LibraryImport(GLibLibrary, EntryPoint = "g_get_language_names")]
    internal static partial nint LanguageNames();

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_new_with_context")]
    internal static partial nint WebViewNewWithContext(nint context);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_load_uri", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void WebViewLoadUri(nint view, string uri);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_terminate_web_process")]
    internal static partial void WebViewTerminateProcess(nint view);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_get_title")]
    internal static partial nint WebViewGetTitle(nint view);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_get_settings")]
    internal static partial nint WebViewGetSettings(nint view);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_set_background_color")]
    internal static partial void WebViewSetBackgroundColor(nint view, in Rgba color);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_settings_set_enable_write_console_messages_to_stdout")]
    internal static partial void SettingsSetConsoleToStdout(nint settings, int enabled);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_navigation_policy_decision_get_navigation_action")]
    internal static partial nint DecisionGetAction(nint decision);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_navigation_action_get_request")]
    internal static partial nint ActionGetRequest(nint action);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_uri_request_get_uri")]
    internal static partial nint RequestGetUri(nint request);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_policy_decision_ignore")]
    internal static partial void DecisionIgnore(nint decision);

    [LibraryImport(GObjectLibrary, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong SignalConnect(nint instance, string signal, void* handler, nint data, nint destroyData, int flags);

    [LibraryImport(GLibLibrary, EntryPoint = "g_idle_add_full")]
    internal static partial uint IdleAdd(int priority, delegate* unmanaged<nint, int> function, nint data, nint destroyData);

    [LibraryImport(GLibLibrary, EntryPoint = "g_timeout_add_full")]
    internal static partial uint TimeoutAdd(int priority, uint milliseconds, delegate* unmanaged<nint, int> function, nint data, nint destroyData);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_set_program_class", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetProgramClass(string name);

    [LibraryImport(GLibLibrary, EntryPoint = "g_set_prgname", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetProgramName(string name);

    [LibraryImport(GLibLibrary, EntryPoint = "g_set_application_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetApplicationName(string name);

    /// <summary>A GdkRGBA: four channels from 0 to 1.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Rgba(double Red, double Green, double Blue, double Alpha);
}
