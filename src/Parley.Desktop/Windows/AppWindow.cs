using Parley.UI.State;

namespace Parley.Desktop.Windows;

/// <summary>Opens the best window that there is, or the one that was asked for.</summary>
internal sealed class AppWindow : IHostWindow
{
    private IAppWindow? _window;

    /// <summary>Opens the window.</summary>
    /// <returns>The window, or null where the kind that was asked for cannot be opened here.</returns>
    internal async Task<IAppWindow?> OpenAsync(WindowKind? wanted, Func<Uri> address, WindowState state, Action<WindowState> remember, string browserProfile)
    {
        if (wanted is WindowKind.WebKit or null && HasDisplay())
            _window = await WebKitGtkWindow.TryOpenAsync(address, state, remember);
        if (_window is null && wanted is WindowKind.Chromium or null && HasDisplay())
            _window = ChromiumWindow.TryOpen(address(), state.Size, browserProfile);
        if (_window is null && wanted is WindowKind.None or null)
            _window = AddressInstead.Open(address);
        return _window;
    }

    public void Present() => _window?.Present();

    public void Close() => _window?.Close();

    private static bool HasDisplay() =>
        !OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY");

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
