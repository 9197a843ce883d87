using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>A window of our own around WebKitGTK. GTK lives on one thread, which is the window's.</summary>
internal sealed class WebKitGtkWindow : IAppWindow
{
    private const int TopLevel = 0;
    private const int NewWindowAction = 1;

    // --surface-0 of tokens.css: what shows until the page has painted.
    private static readonly Gtk.Rgba Background = new(0x1e / 255.0, 0x1f / 255.0, 0x22 / 255.0, 1);

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Uri> _address;
    private readonly WindowState _state;
    private readonly Action<WindowState> _remember;
    private GCHandle _self;
    private nint _window;
    private nint _view;

    private WebKitGtkWindow(Func<Uri> address, WindowState state, Action<WindowState> remember)
    {
        _address = address;
        _state = state;
        _remember = remember;
    }

    public Task Closed => _closed.Task;

    /// <summary>Opens the window; null where the libraries or the display are missing.</summary>
    /// <param name="address">Gives a first address; asked again when the page's process has died.</param>
    /// <param name="state">How the window was left.</param>
    /// <param name="remember">Told how the window is left.</param>
    internal static async Task<WebKitGtkWindow?> TryOpenAsync(Func<Uri> address, WindowState state, Action<WindowState> remember)
    {
        if (!Gtk.IsInstalled())
            return null;
        var window = new WebKitGtkWindow(address, state, remember);
        new Thread(window.Run) { Name = "window", IsBackground = true }.Start();
        return await window._opened.Task ? window : null;
    }

    public unsafe void Close()
    {
        if (!_closed.Task.IsCompleted)
            _ = Gtk.IdleAdd(&OnCloseAsked, GCHandle.ToIntPtr(_self));
    }

    public unsafe void Present()
    {
        if (!_closed.Task.IsCompleted)
            _ = Gtk.IdleAdd(&OnPresentAsked, GCHandle.ToIntPtr(_self));
    }

    private void Run()
    {
        _self = GCHandle.Alloc(this);
        // WebKitGTK paints blank on some drivers with it, and it costs 90 MB more (DESIGN.md, "The desktop"). An explicit setting stands.
        _ = Gtk.SetEnvironment("WEBKIT_DISABLE_DMABUF_RENDERER", "1", overwrite: 0);
        Gtk.SetProgramName("parley");
        Gtk.SetApplicationName("Parley");
        if (Gtk.InitCheck(0, 0) == 0)
        {
            _opened.SetResult(false);
            return;
        }

        Build();
        _opened.SetResult(true);
        Gtk.MainLoop();
        // The handle is kept: a close that was asked for in this moment may still hold it, and the process ends now anyway.
        _closed.TrySetResult();
    }

    private unsafe void Build()
    {
        _window = Gtk.WindowNew(TopLevel);
        _view = Gtk.WebViewNewWithContext(Gtk.WebContextNewEphemeral());
        Gtk.WindowSetTitle(_window, "Parley");
        _ = Gtk.WindowSetIconFromFile(_window, Path.Combine(AppContext.BaseDirectory, "parley.png"), 0);
        var size = _state.Size.AtLeastSmallest();
        Gtk.WindowSetDefaultSize(_window, size.Width, size.Height);
        Gtk.WidgetSetSizeRequest(_view, WindowSize.Smallest.Width, WindowSize.Smallest.Height);
        if (_state.Maximized)
            Gtk.WindowMaximize(_window);
        Gtk.WebViewSetBackgroundColor(_view, in Background);
        if (Environment.GetEnvironmentVariable("PARLEY_WEBKIT_CONSOLE") == "1")
            Gtk.SettingsSetConsoleToStdout(Gtk.WebViewGetSettings(_view), 1);

        Connect(_window, "destroy", (delegate* unmanaged<nint, nint, void>)&OnDestroy);
        Connect(_window, "delete-event", (delegate* unmanaged<nint, nint, nint, int>)&OnDelete);
        Connect(_view, "notify::title", (delegate* unmanaged<nint, nint, nint, void>)&OnTitle);
        Connect(_view, "context-menu", (delegate* unmanaged<nint, nint, nint, nint, nint, int>)&OnContextMenu);
        Connect(_view, "decide-policy", (delegate* unmanaged<nint, nint, int, nint, int>)&OnDecidePolicy);
        Connect(_view, "web-process-terminated", (delegate* unmanaged<nint, int, nint, void>)&OnWebProcessTerminated);

        Gtk.ContainerAdd(_window, _view);
        Gtk.WebViewLoadUri(_view, _address().AbsoluteUri);
        Gtk.WidgetShowAll(_window);
        Gtk.WidgetGrabFocus(_view);
    }

    private unsafe void Connect(nint instance, string signal, void* handler) => _ = Gtk.SignalConnect(instance, signal, handler, GCHandle.ToIntPtr(_self), 0, 0);

    private static WebKitGtkWindow From(nint data) =>
        GCHandle.FromIntPtr(data).Target as WebKitGtkWindow ?? throw new InvalidOperationException("The window's handle is gone.");

    [UnmanagedCallersOnly]
    private static int OnCloseAsked(nint data)
    {
        var window = From(data);
        if (window._window != 0)
            Gtk.WindowClose(window._window);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnPresentAsked(nint data)
    {
        if (From(data)._window is not 0 and var window)
            Gtk.WindowPresent(window);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnDelete(nint sender, nint gdkEvent, nint data)
    {
        var window = From(data);
        var maximized = Gtk.WindowIsMaximized(sender) != 0;
        Gtk.WindowGetSize(sender, out var width, out var height);
        window._remember(new WindowState(maximized ? window._state.Size : new WindowSize(width, height), maximized));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static void OnDestroy(nint sender, nint data)
    {
        From(data)._window = 0;
        Gtk.MainQuit();
    }

    // The page names the window: unread messages are counted in its title.
    [UnmanagedCallersOnly]
    private static void OnTitle(nint sender, nint property, nint data)
    {
        if (Marshal.PtrToStringUTF8(Gtk.WebViewGetTitle(sender)) is { Length: > 0 } title && From(data)._window is not 0 and var window)
            Gtk.WindowSetTitle(window, title);
    }

    // "Back" and "Reload" are a browser's words. Where there is text to cut, copy or spell, the menu is welcome.
    [UnmanagedCallersOnly]
    private static int OnContextMenu(nint sender, nint menu, nint gdkEvent, nint hit, nint data) =>
        Gtk.HitIsEditable(hit) != 0 || Gtk.HitIsSelection(hit) != 0 ? 0 : 1;

    // What is not ours opens in the person's own browser, and nothing but our pages is ever shown in this window.
    [UnmanagedCallersOnly]
    private static int OnDecidePolicy(nint sender, nint decision, int kind, nint data)
    {
        if (kind > NewWindowAction)
            return 0;
        var uri = Marshal.PtrToStringUTF8(Gtk.RequestGetUri(Gtk.ActionGetRequest(Gtk.DecisionGetAction(decision))));
        if (kind != NewWindowAction && uri is not null && IsOurs(uri))
            return 0;
        Gtk.DecisionIgnore(decision);
        if (uri is not null && ExternalLink.IsAllowed(uri))
            _ = Gtk.LaunchDefaultForUri(uri, 0, 0);
        return 1;
    }

    private static bool IsOurs(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && (parsed.Scheme == "about" || (parsed.Scheme == Uri.UriSchemeHttp && parsed.Host == "127.0.0.1"));

    // The page's process can die of its own (memory); the interface comes back with a fresh address, and nothing is lost: the state lives in this process.
    [UnmanagedCallersOnly]
    private static void OnWebProcessTerminated(nint sender, int reason, nint data) => Gtk.WebViewLoadUri(sender, From(data)._address().AbsoluteUri);
}
