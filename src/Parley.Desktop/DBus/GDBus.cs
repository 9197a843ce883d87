using System.Runtime.InteropServices;

namespace Parley.Desktop.DBus;

/// <summary>
/// The part of GIO that talks to a bus. Text becomes a variant by GLib's own printer and parser: no variable arguments, no quoting of ours.
/// </summary>
internal static unsafe partial class GDBus
{
    internal const int SystemBus = 1;

    internal const int SessionBus = 2;

    /// <summary>G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT and G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION.</summary>
    internal const int AsClientOfBus = 1 | 8;

    internal const string Gio = "libgio-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";
    private const string GObject = "libgobject-2.0.so.0";

    internal static bool IsInstalled() => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Gio, out _);

    /// <summary>Without an address GLib would start a bus of its own, which nobody listens to.</summary>
    internal static bool HasSessionBus() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"))
        || (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "bus")));

    [LibraryImport(Gio, EntryPoint = "g_dbus_address_get_for_bus_sync")]
    internal static partial nint AddressOf(int bus, nint cancellable, out nint error);

    [LibraryImport(Gio, EntryPoint = "g_dbus_connection_new_for_address_sync")]
    internal static partial nint ConnectTo(nint address, int flags, nint observer, nint cancellable, out nint error);

    [LibraryImport(Gio, EntryPoint = "g_dbus_connection_is_closed")]
    internal static partial int IsClosed(nint connection);

    [LibraryImport(Gio, EntryPoint = "g_dbus_connection_call_sync", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Call(
        nint connection, string name, string path, string face, string method, nint parameters, nint replyType, int flags, int timeoutMilliseconds, nint cancellable, out nint error);

    [LibraryImport(Gio, EntryPoint = "g_dbus_connection_signal_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint Subscribe(
        nint connection, string? sender, string? face, string? member, string? path, string? argument, int flags,
        delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, void> callback, nint data, nint destroyData);

    [LibraryImport(GLib, EntryPoint = "g_main_context_new")]
    internal static partial nint MainContextNew();

    [LibraryImport(GLib, EntryPoint = "g_main_context_push_thread_default")]
    internal static partial void MainContextPush(nint context);

    [LibraryImport(GLib, EntryPoint = "g_main_loop_new")]
    internal static partial nint MainLoopNew(nint context, int isRunning);

    [LibraryImport(GLib, EntryPoint = "g_main_loop_run")]
    internal static partial void MainLoopRun(nint loop);

    [LibraryImport(GLib, EntryPoint = "g_variant_new_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint VariantNewString(string text);

    [LibraryImport(GLib, EntryPoint = "g_variant_ref_sink")]
    internal static partial nint VariantRefSink(nint variant);

    [LibraryImport(GLib, EntryPoint = "g_variant_unref")]
    internal static partial void VariantUnref(nint variant);

    [LibraryImport(GLib, EntryPoint = "g_variant_print")]
    internal static partial nint VariantPrint(nint variant, int annotate);

    [LibraryImport(GLib, EntryPoint = "g_variant_parse", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint VariantParse(nint type, string text, nint limit, nint end, out nint error);

    [LibraryImport(GLib, EntryPoint = "g_variant_get_child_value")]
    internal static partial nint VariantGetChild(nint variant, nuint index);

    [LibraryImport(GLib, EntryPoint = "g_variant_get_uint32")]
    internal static partial uint VariantGetUInt32(nint variant);

    [LibraryImport(GLib, EntryPoint = "g_variant_get_string")]
    private static partial nint VariantGetString(nint variant, nint length);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(GLib, EntryPoint = "g_error_free")]
    internal static partial void ErrorFree(nint error);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint instance);

    /// <summary>A text as the variant parser reads it. A NUL would end it early.</summary>
    internal static string Quote(string text)
    {
        var variant = VariantRefSink(VariantNewString(text.Replace("\0", "", StringComparison.Ordinal)));
        var quoted = TextOf(variant);
        VariantUnref(variant);
        return quoted;
    }

    /// <summary>A variant in GLib's own notation.</summary>
    internal static string TextOf(nint variant)
    {
        var printed = VariantPrint(variant, 0);
        var text = Marshal.PtrToStringUTF8(printed) ?? "";
        Free(printed);
        return text;
    }

    /// <summary>The text in one place of a tuple.</summary>
    internal static string? TextOf(nint tuple, nuint place)
    {
        var child = VariantGetChild(tuple, place);
        var text = Marshal.PtrToStringUTF8(VariantGetString(child, 0));
        VariantUnref(child);
        return text;
    }

    /// <summary>What an error says; frees it.</summary>
    internal static string Take(nint error)
    {
        // struct GError { GQuark domain; gint code; gchar *message; }
        var message = Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(error, 8)) ?? "";
        ErrorFree(error);
        return message;
    }
}
