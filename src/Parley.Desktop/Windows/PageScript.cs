using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>Scripts of the window's own in every page that it shows. For the window's thread.</summary>
internal static partial class PageScript
{
    private const int TopFrame = 1;
    private const int DocumentStart = 0;

    /// <summary>Adds a script to the pages of a view.</summary>
    internal static void Add(nint view, string source)
    {
        var script = UserScriptNew(source, TopFrame, DocumentStart, 0, 0);
        ContentManagerAddScript(WebViewGetContentManager(view), script);
        UserScriptUnref(script);
    }

    /// <summary>Hears what the pages of a view post to <c>webkit.messageHandlers.NAME</c>.</summary>
    /// <param name="view">The view.</param>
    /// <param name="name">NAME.</param>
    /// <param name="handler">Called with the manager of the pages, the message, and the data.</param>
    /// <param name="data">Given to the handler.</param>
    internal static unsafe void Hear(nint view, string name, delegate* unmanaged<nint, nint, nint, void> handler, nint data)
    {
        var manager = WebViewGetContentManager(view);
        _ = Gtk.SignalConnect(manager, $"script-message-received::{name}", handler, data, 0, 0);
        _ = ContentManagerRegisterMessageHandler(manager, name);
    }

    private const string WebKitLibrary = "libwebkit2gtk-4.1.so.0";

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_web_view_get_user_content_manager")]
    private static partial nint WebViewGetContentManager(nint view);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_user_content_manager_add_script")]
    private static partial void ContentManagerAddScript(nint manager, nint script);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_user_content_manager_register_script_message_handler", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ContentManagerRegisterMessageHandler(nint manager, string name);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_user_script_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint UserScriptNew(string source, int frames, int time, nint allowList, nint blockList);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_user_script_unref")]
    private static partial void UserScriptUnref(nint script);
}
