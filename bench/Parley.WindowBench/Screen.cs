using System.Globalization;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>A display of its own, with the keys and the wheel that xdotool has.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly VirtualDisplay _display;
    private readonly string _data;

    private Screen(VirtualDisplay display, string data) => (_display, _data) = (display, data);

    internal static async Task<Screen> StartAsync(string data) => new(await VirtualDisplay.StartAsync(), data);

    /// <summary>Starts a program whose windows open here and whose data lie in the run's folder.</summary>
    internal ChildProcess Start(string program, params string[] args) => ChildProcess.Start(program, args, _data, Environment());

    /// <summary>The id of a window whose title has this in it; null where there is none.</summary>
    internal async Task<string?> FindWindowAsync(string title)
    {
        await using var tool = Start("xdotool", "search", "--onlyvisible", "--name", title);
        return await tool.WaitForExitAsync() == 0 ? tool.OutputLines[0] : null;
    }

    /// <summary>A program that prints a line with the window's title, and another one for each new title.</summary>
    internal ChildProcess WatchTitle(string window) => Start("xprop", "-id", window, "-spy", "_NET_WM_NAME");

    internal Task FocusAsync(string title) => ToolAsync("search", "--onlyvisible", "--name", title, "windowfocus", "--sync");

    internal Task PressAsync(string key) => ToolAsync("key", key);

    /// <summary>Types so that a key is pressed each so many milliseconds.</summary>
    internal Task TypeAsync(string text, int apartMilliseconds) => ToolAsync("type", "--delay", Text(apartMilliseconds), text);

    /// <summary>Turns the wheel under the pointer.</summary>
    /// <param name="x">The pointer's place, in pixels from the left.</param>
    /// <param name="y">The pointer's place, in pixels from the top.</param>
    /// <param name="notches">How far; below zero is up.</param>
    /// <param name="perSecond">How fast.</param>
    internal Task TurnWheelAsync(int x, int y, int notches, int perSecond) =>
        ToolAsync("mousemove", Text(x), Text(y), "click", "--repeat", Text(Math.Abs(notches)), "--delay", Text(1000 / perSecond), notches < 0 ? "4" : "5");

    public ValueTask DisposeAsync() => _display.DisposeAsync();

    private async Task<bool> ToolAsync(params string[] args)
    {
        await using var tool = Start("xdotool", args);
        return await tool.WaitForExitAsync(TimeSpan.FromMinutes(3)) == 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string?> Environment() => new()
    {
        ["XDG_DATA_HOME"] = _data,
        ["DISPLAY"] = _display.Name,
        ["WAYLAND_DISPLAY"] = null,
        ["DBUS_SESSION_BUS_ADDRESS"] = null,
        ["NO_AT_BRIDGE"] = "1",
        ["LIBGL_ALWAYS_SOFTWARE"] = "1",
        // What the desktop sets for its own window.
        ["WEBKIT_DISABLE_DMABUF_RENDERER"] = "1",
        ["TZ"] = "UTC",
    };
}
