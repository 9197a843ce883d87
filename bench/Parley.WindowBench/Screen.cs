using System.Globalization;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>A screen of its own (Xvfb), with the keys and the wheel that xdotool has.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly ChildProcess _server;
    private readonly string _display;
    private readonly string _data;

    private Screen(ChildProcess server, string display, string data) => (_server, _display, _data) = (server, display, data);

    internal static async Task<Screen> StartAsync(string data)
    {
        var server = ChildProcess.Start("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"], data);
        var number = await server.WaitForLineAsync(line => line.Length > 0 && line.All(char.IsAsciiDigit), "the number of the display");
        return new Screen(server, $":{number}", data);
    }

    /// <summary>Starts a program whose windows open here and whose data lie in the run's folder.</summary>
    internal ChildProcess Start(string program, params string[] args) => ChildProcess.Start(program, args, _data, Environment());

    /// <summary>Whether there is a window whose title has this in it.</summary>
    internal Task<bool> HasWindowAsync(string title) => ToolAsync("search", "--onlyvisible", "--name", title);

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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<bool> ToolAsync(params string[] args)
    {
        await using var tool = Start("xdotool", args);
        return await tool.WaitForExitAsync(TimeSpan.FromMinutes(3)) == 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string?> Environment() => new()
    {
        ["XDG_DATA_HOME"] = _data,
        ["DISPLAY"] = _display,
        ["WAYLAND_DISPLAY"] = null,
        ["DBUS_SESSION_BUS_ADDRESS"] = null,
        ["NO_AT_BRIDGE"] = "1",
        ["LIBGL_ALWAYS_SOFTWARE"] = "1",
        // What the desktop sets for its own window.
        ["WEBKIT_DISABLE_DMABUF_RENDERER"] = "1",
        ["TZ"] = "UTC",
    };
}
