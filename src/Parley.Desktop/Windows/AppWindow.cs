using Parley.UI.State;

namespace Parley.Desktop.Windows;

/// <summary>Shows the interface in the kind of window that was asked for, or in the best that there is: where one fails, in the next.</summary>
/// <param name="wanted">The kind that was asked for; null takes the best.</param>
/// <param name="browserProfile">The folder of a browser that is our window.</param>
internal sealed class AppWindow(WindowKind? wanted, string browserProfile) : IHostWindow
{
    private readonly TaskCompletionSource<KeptWindow> _kept = new();
    private readonly TaskCompletionSource<Func<Uri>> _address = new();
    private Task<WebKitGtkWindow?>? _webKit;
    private volatile IAppWindow? _shown;
    private volatile bool _isClosing;

    /// <summary>Begins with the window's libraries while the profile is read and the interface behind it starts: they take as long.</summary>
    internal void Begin()
    {
        if (wanted is WindowKind.WebKit or null && HasDisplay())
            _webKit = WebKitGtkWindow.TryOpenAsync(_kept.Task, _address.Task);
    }

    /// <summary>Opens the window as it was left.</summary>
    /// <param name="state">How it was left.</param>
    /// <param name="remember">Told how it is left this time.</param>
    internal void Place(WindowState state, Action<WindowState> remember) => _kept.SetResult(new KeptWindow(state, remember));

    /// <summary>Shows the interface until the window is closed.</summary>
    /// <param name="address">Gives a first address; asked again where another window needs one.</param>
    /// <returns>Whether there was a window to close.</returns>
    internal async Task<bool> ShowAsync(Func<Uri> address)
    {
        _address.SetResult(address);
        WindowKind[] kinds = wanted is { } one ? [one] : Enum.GetValues<WindowKind>();
        foreach (var kind in kinds)
        {
            if (await TryOpenAsync(kind, address) is not { } window)
                continue;
            _shown = window;
            if (_isClosing)
                window.Close();
            if (await window.Ended == WindowEnd.Closed || _isClosing)
                return true;
        }

        await Console.Error.WriteLineAsync($"parley: A {wanted} window cannot be opened here. --no-window prints an address for a browser instead.");
        return false;
    }

    public void Present() => _shown?.Present();

    /// <summary>The desktop lets the window come to the front, when it is presented next.</summary>
    internal void Allow(string startupId) => _shown?.Allow(startupId);

    public void Close()
    {
        _isClosing = true;
        _shown?.Close();
    }

    /// <summary>The person started Parley once more.</summary>
    /// <returns>Whether there is a window to see.</returns>
    internal bool BringUp(string? startupId) => _shown?.BringUp(startupId) ?? true; // It is about to open.

    /// <summary>The page is there and answers.</summary>
    internal void PageIsAlive() => _shown?.PageIsAlive();

    private async Task<IAppWindow?> TryOpenAsync(WindowKind kind, Func<Uri> address) => kind switch
    {
        WindowKind.WebKit => _webKit is null ? null : await _webKit,
        WindowKind.Chromium => HasDisplay() ? await ChromiumWindow.TryOpenAsync(address, (await _kept.Task).State.Size, browserProfile) : null,
        _ => AddressInstead.Open(address),
    };

    private static bool HasDisplay() =>
        !OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY");

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
