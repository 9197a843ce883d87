using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>A window of our own around WebKitGTK. GTK lives on one thread, which is the window's.</summary>
internal sealed class WebKitGtkWindow : IAppWindow
{
    private const int TopLevel = 0;
    private const int NewWindowAction = 1;

    // --surface-0 of tokens.css: what shows until the page has painted.
    private static readonly Gtk.Rgba Background = new(0x1e / 255.0, 0x1f / 255.0, 0x22 / 255.0, 1);

    // One fault can happen to anybody; a page that dies again and again will not get better by being loaded once more.
    private const int MostReloads = 2;

    private static volatile string _ours = ""; // The host and port of our own pages; there is one window.

    private readonly TaskCompletionSource<WindowEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // What waits for the first two goes on where they are set: every worker of the pool may be busy with the start.
    private readonly TaskCompletionSource<bool> _isReady = new();
    private readonly TaskCompletionSource<bool> _opened = new();
    private readonly Task<Func<Uri>> _address;
    private KeptWindow? _kept;
    private WindowState _state = WindowState.Default;
    private WindowEnd _end = WindowEnd.Closed;
    private PaintWatch? _paintWatch;
    private ClosingWait? _closing;
    private volatile Func<Uri>? _newAddress;
    private GCHandle _self;
    private nint _window;
    private nint _view;
    private string? _startupId;
    private bool _isOver;
    private int _reloads;
    private int _thread;

    private WebKitGtkWindow(Task<Func<Uri>> address) => _address = address;

    public Task<WindowEnd> Ended => _ended.Task;

    /// <summary>Opens the window; null where the libraries or the display are missing.</summary>
    /// <param name="kept">How the window was left; the libraries are loaded meanwhile.</param>
    /// <param name="address">Gives a first address as soon as there is one; asked again when the page's process has died.</param>
    internal static async Task<WebKitGtkWindow?> TryOpenAsync(Task<KeptWindow> kept, Task<Func<Uri>> address)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        WebKitEnvironment.Set(); // While nothing else runs yet: whoever reads the environment beside it may read what is gone.
        var window = new WebKitGtkWindow(address);
        new Thread(window.Run) { Name = "window", IsBackground = true }.Start();
        window._kept = await kept;
        if (!await window._isReady.Task)
            return null;
        AskToBuild();
        if (!await window._opened.Task)
            return null;
        window.LoadAsync().ReportFault();
        return window;

        unsafe void AskToBuild() => window.Ask(&OnBuildAsked);
    }

    public void PageIsAlive() => _paintWatch?.PageIsAlive();

    public unsafe void Close() => Ask(&OnCloseAsked);

    public unsafe void Present() => Ask(&OnPresentAsked);

    public void Allow(string startupId) => Volatile.Write(ref _startupId, startupId);

    public bool BringUp(string? startupId)
    {
        if (startupId is not null)
            Allow(startupId);
        Present();
        return true;
    }

    private unsafe void Ask(delegate* unmanaged<nint, int> what)
    {
        if (!_ended.Task.IsCompleted)
            _ = Gtk.IdleAdd(Gtk.PriorityDefault, what, GCHandle.ToIntPtr(_self), 0);
    }

    private async Task LoadAsync()
    {
        _newAddress = await _address;
        AskToLoad();

        unsafe void AskToLoad() => Ask(&OnLoadAsked);
    }

    private void Run()
    {
        _self = GCHandle.Alloc(this);
        _thread = Environment.CurrentManagedThreadId;
        if (!Gtk.IsInstalled() || !Initialize())
        {
            _isReady.SetResult(false);
            return;
        }

        FatalLog.Begin(GiveUpForGood);
        _isReady.SetResult(true);
        Gtk.MainLoop();
        // The handle is kept: a close that was asked for in this moment may still hold it, and the process ends now anyway.
        _ended.TrySetResult(_end);
    }

    // The desktop finds the icon and the entry of a window by these names: parley.desktop.
    private static bool Initialize()
    {
        Gtk.SetProgramName("parley");
        Gtk.SetApplicationName("Parley");
        if (Gtk.InitCheck(0, 0) == 0)
            return false;
        Gtk.SetProgramClass("parley");
        return true;
    }

    private unsafe void Build()
    {
        _window = Gtk.WindowNew(TopLevel);
        var context = Gtk.WebContextNewEphemeral();
        // In the languages of the session, as far as there are dictionaries for them.
        Gtk.WebContextSetSpellCheckingLanguages(context, Gtk.LanguageNames());
        Gtk.WebContextSetSpellChecking(context, 1);
        _view = Gtk.WebViewNewWithContext(context);
        Gtk.WindowSetTitle(_window, "Parley");
        _ = Gtk.WindowSetIconFromFile(_window, Path.Combine(AppContext.BaseDirectory, "parley.png"), 0);
        Place(_kept?.State ?? WindowState.Default, Screens.Areas());
        Gtk.WebViewSetBackgroundColor(_view, in Background);
        if (Environment.GetEnvironmentVariable("PARLEY_WEBKIT_CONSOLE") == "1")
            Gtk.SettingsSetConsoleToStdout(Gtk.WebViewGetSettings(_view), 1);

        Connect(_window, "destroy", (delegate* unmanaged<nint, nint, void>)&OnDestroy);
        Connect(_window, "delete-event", (delegate* unmanaged<nint, nint, nint, int>)&OnDelete);
        Connect(_window, "configure-event", (delegate* unmanaged<nint, nint, nint, int>)&OnConfigure);
        Connect(_window, "focus-in-event", (delegate* unmanaged<nint, nint, nint, int>)&OnFocus);
        Connect(_view, "notify::title", (delegate* unmanaged<nint, nint, nint, void>)&OnTitle);
        Connect(_view, "context-menu", (delegate* unmanaged<nint, nint, nint, nint, nint, int>)&OnContextMenu);
        Connect(_view, "decide-policy", (delegate* unmanaged<nint, nint, int, nint, int>)&OnDecidePolicy);
        Connect(_view, "web-process-terminated", (delegate* unmanaged<nint, int, nint, void>)&OnWebProcessTerminated);

        Gtk.ContainerAdd(_window, _view);
        Gtk.WidgetShowAll(_window);
        Gtk.WidgetGrabFocus(_view);
        Gtk.WebViewLoadUri(_view, "about:blank"); // The page's process starts beside the host then; the interface is loaded into it.
        _paintWatch = new PaintWatch(_view, GiveUpBlank);
        CaretBlinkTimeout.Begin(_view);
        WindowShortcuts.Begin(_window, _view);
        _closing = new ClosingWait(_window, _view, AskToDestroy);
    }

    private void Place(WindowState former, IReadOnlyList<ScreenArea> screens)
    {
        _state = former.FitOn(screens);
        Gtk.WindowSetDefaultSize(_window, _state.Size.Width, _state.Size.Height);
        // The smallest that the interface is made for, or the whole of a screen that is smaller.
        var smallest = screens.Count == 0 ? WindowSize.Smallest : WindowSize.Smallest.AtMost(_state.Size);
        Gtk.WidgetSetSizeRequest(_view, smallest.Width, smallest.Height);
        if (_state.Place is { } place)
            Gtk.WindowMove(_window, place.X, place.Y);
        if (_state.Maximized)
            Gtk.WindowMaximize(_window);
    }

    private void Load()
    {
        if (_window == 0 || _newAddress is not { } newAddress)
            return;
        var address = newAddress();
        _ours = address.Authority;
        Gtk.WebViewLoadUri(_view, address.AbsoluteUri);
    }

    private void GiveUpBlank()
    {
        GiveUp("nothing was painted in it");
        Gtk.WebViewTerminateProcess(_view); // A page that hangs would outlive this process.
    }

    // Asked for from within a signal of the view, which is not to be destroyed under it: hence soon, and not now.
    private void GiveUp(string why)
    {
        if (_window == 0 || _end == WindowEnd.GaveUp)
            return;
        TellGivenUp(why);
        Gtk.WidgetHide(_window);
        AskToDestroy();
    }

    // Called by FatalLog. The window's thread is in the middle of something that it will never leave: only the window itself goes from the screen, and nobody
    // is told of it within the libraries.
    private void GiveUpForGood(string why)
    {
        TellGivenUp(why);
        if (Environment.CurrentManagedThreadId != _thread)
        {
            AskToDestroy();
            return;
        }

        if (_window != 0)
            FatalLog.TakeOffScreen(_window);
        _opened.TrySetResult(false);
        _ended.TrySetResult(WindowEnd.GaveUp);
    }

    private void TellGivenUp(string why)
    {
        _end = WindowEnd.GaveUp;
        Console.Error.WriteLine($"parley: The WebKit window is given up: {why}. (--window webkit|chromium|none chooses.)");
    }

    private unsafe void AskToDestroy() => Ask(&OnClosingOver);

    private unsafe void Connect(nint instance, string signal, void* handler) =>
        _ = Gtk.SignalConnect(instance, signal, handler, GCHandle.ToIntPtr(_self), 0, 0);

    private static WebKitGtkWindow From(nint data) =>
        GCHandle.FromIntPtr(data).Target as WebKitGtkWindow ?? throw new InvalidOperationException("The window's handle is gone.");

    [UnmanagedCallersOnly]
    private static int OnBuildAsked(nint data)
    {
        From(data).Build();
        From(data)._opened.TrySetResult(true);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnCloseAsked(nint data)
    {
        var window = From(data);
        window._isOver = true;
        if (window._window != 0)
            Gtk.WindowClose(window._window);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnPresentAsked(nint data)
    {
        var window = From(data);
        if (window._window == 0)
            return 0;
        // Without it a desktop that guards against stolen focus only lets the window ask for attention.
        if (Interlocked.Exchange(ref window._startupId, null) is { } startupId)
            Gtk.WindowSetStartupId(window._window, startupId);
        Gtk.WindowPresent(window._window);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnLoadAsked(nint data)
    {
        From(data).Load();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnConfigure(nint sender, nint gdkEvent, nint data)
    {
        if (Gtk.WindowIsMaximized(sender) != 0)
            return 0;
        var window = From(data);
        Gtk.WindowGetSize(sender, out var width, out var height);
        Gtk.WindowGetPosition(sender, out var x, out var y);
        window._state = new WindowState(new WindowSize(width, height), Maximized: false, new WindowPlace(x, y));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnDelete(nint sender, nint gdkEvent, nint data)
    {
        From(data)._kept?.Remember(From(data)._state with { Maximized = Gtk.WindowIsMaximized(sender) != 0 });
        From(data)._closing?.Begin(isAsked: !From(data)._isOver);
        Gtk.WidgetHide(sender);
        return 1;
    }

    [UnmanagedCallersOnly]
    private static int OnClosingOver(nint data)
    {
        if (From(data)._window is not 0 and var window)
            Gtk.WidgetDestroy(window);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static void OnDestroy(nint sender, nint data)
    {
        From(data)._window = 0;
        From(data)._paintWatch?.Stop();
        Gtk.MainQuit();
    }

    // The page names the window. What is for this person is counted in front, in brackets: then a window that is not in front asks for attention.
    [UnmanagedCallersOnly]
    private static void OnTitle(nint sender, nint property, nint data)
    {
        if (Marshal.PtrToStringUTF8(Gtk.WebViewGetTitle(sender)) is not { Length: > 0 } title || From(data)._window is not (not 0 and var window))
            return;
        Gtk.WindowSetTitle(window, title);
        Gtk.WindowSetUrgency(window, title[0] == '(' && Gtk.WindowIsActive(window) == 0 ? 1 : 0);
    }

    [UnmanagedCallersOnly]
    private static int OnFocus(nint sender, nint gdkEvent, nint data)
    {
        Gtk.WindowSetUrgency(sender, 0);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int OnContextMenu(nint sender, nint menu, nint gdkEvent, nint hit, nint data) => TextMenu.Reduce(menu, hit, IsOurs) ? 0 : 1;

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
            WebKitEnvironment.Launch(uri);
        return 1;
    }

    private static bool IsOurs(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            && (parsed.Scheme == "about" || (parsed.Scheme == Uri.UriSchemeHttp && parsed.Authority == _ours));

    // The page's process can die of its own (memory); the interface comes back with a fresh address, and nothing is lost: the state lives in this process.
    [UnmanagedCallersOnly]
    private static void OnWebProcessTerminated(nint sender, int reason, nint data)
    {
        var window = From(data);
        if (window._end == WindowEnd.GaveUp)
            return;
        if (window._closing is { IsBegun: true })
            window.AskToDestroy();
        else if (++window._reloads > MostReloads)
            window.GiveUp("its page ended again and again");
        else
            window.Load();
    }
}
