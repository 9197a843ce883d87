using System.Diagnostics;
using System.Text.Json;
using Parley.Client.Connection;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>A screen of its own (Xvfb) and the desktop on it, with a profile that is logged in.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly ChildProcess _screen;
    private readonly string _display;
    private readonly string _program;
    private readonly string _data;
    private ChildProcess? _desktop;

    private Window(ChildProcess screen, string display, string program, string data) => (_screen, _display, _program, _data) = (screen, display, program, data);

    internal int ProcessId => _desktop?.Id ?? throw new InvalidOperationException("The window is not open.");

    internal static async Task<Window> PrepareAsync(string program, string data, ServerAddress server, Session session)
    {
        var profile = Path.Combine(data, "parley", "profiles", "default");
        Directory.CreateDirectory(profile);
        var known = new { host = server.Host, port = server.Port, useTls = server.UseTls, username = session.Username };
        await File.WriteAllTextAsync(Path.Combine(profile, "settings.json"),
            JsonSerializer.Serialize(new { servers = new[] { known }, lastServer = known, lastUsername = session.Username }));
        await File.WriteAllTextAsync(Path.Combine(profile, "sessions.json"),
            JsonSerializer.Serialize(new { sessions = new Dictionary<string, object> { [server.ToString()] = new { username = session.Username, token = session.Token } } }));
        var screen = ChildProcess.Start("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"], data);
        var number = await screen.WaitForLineAsync(l => l.Length > 0 && l.All(char.IsAsciiDigit), "the number of the display");
        return new Window(screen, $":{number}", program, data);
    }

    /// <summary>Opens the window and waits until it can be used: the interface has drawn the channel and named the window after it.</summary>
    internal async Task<TimeSpan> OpenAsync()
    {
        var clock = Stopwatch.StartNew();
        _desktop = ChildProcess.Start(_program, ["--window", "webkit"], _data, Environment());
        while (!await ToolAsync("xdotool", "search", "--onlyvisible", "--name", "general"))
        {
            if (_desktop.HasExited || clock.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException(_desktop.Describe());
        }

        return clock.Elapsed;
    }

    internal Task PressAsync(string key) => ToolAsync("xdotool", "key", key);

    internal async Task FocusAsync() => await ToolAsync("xdotool", "search", "--onlyvisible", "--name", "general", "windowfocus", "--sync");

    internal async Task CloseAsync()
    {
        if (_desktop is null)
            return;
        _desktop.Signal(PosixSignalNumber.Terminate);
        await _desktop.WaitForExitAsync();
        await _desktop.DisposeAsync();
        _desktop = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _screen.DisposeAsync();
    }

    private async Task<bool> ToolAsync(string tool, params string[] args)
    {
        await using var process = ChildProcess.Start(tool, args, _data, Environment());
        return await process.WaitForExitAsync() == 0;
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["XDG_DATA_HOME"] = _data,
        ["DISPLAY"] = _display,
        ["WAYLAND_DISPLAY"] = null,
        ["DBUS_SESSION_BUS_ADDRESS"] = null,
        ["NO_AT_BRIDGE"] = "1",
        ["LIBGL_ALWAYS_SOFTWARE"] = "1",
    };
}
