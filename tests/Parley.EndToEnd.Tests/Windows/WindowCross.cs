using System.Globalization;
using System.Runtime.InteropServices;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>
/// Asks a window to close as the cross in its frame does: by WM_DELETE_WINDOW (ICCCM 4.2.8.1). Written out here, since a window manager would do it and there
/// is none, and the xdotool of Debian 12 cannot.
/// </summary>
internal static class WindowCross
{
    private const int ClientMessage = 33;
    private const int FormatOfLongs = 32;

    public static void Press(string display, string window)
    {
        var connection = NativeMethods.XOpenDisplay(display);
        if (connection == 0)
            throw new InvalidOperationException($"There is no display {display}.");
        var id = nint.Parse(window, CultureInfo.InvariantCulture);
        var message = new ClientMessageEvent
        {
            Type = ClientMessage,
            Window = id,
            MessageType = NativeMethods.XInternAtom(connection, "WM_PROTOCOLS", 0),
            Format = FormatOfLongs,
            Protocol = NativeMethods.XInternAtom(connection, "WM_DELETE_WINDOW", 0),
        };
        var sent = NativeMethods.XSendEvent(connection, id, 0, 0, ref message);
        _ = NativeMethods.XCloseDisplay(connection); // Sends what is still buffered, too.
        if (sent == 0)
            throw new InvalidOperationException($"The window {window} took no message.");
    }

    // XClientMessageEvent, padded to the union XEvent (24 longs).
    [StructLayout(LayoutKind.Sequential, Size = 192)]
    private struct ClientMessageEvent
    {
        public int Type;
        public nuint Serial;
        public int SendEvent;
        public nint Display;
        public nint Window;
        public nint MessageType;
        public int Format;
        public nint Protocol;
        public nint Time;
    }

    private static class NativeMethods
    {
        private const string X11 = "libX11.so.6";

        [DllImport(X11, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern nint XOpenDisplay([MarshalAs(UnmanagedType.LPUTF8Str)] string display);

        [DllImport(X11, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern nint XInternAtom(nint display, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int onlyIfExists);

        [DllImport(X11)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int XSendEvent(nint display, nint window, int propagate, nint mask, ref ClientMessageEvent message);

        [DllImport(X11)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int XCloseDisplay(nint display);
    }
}
