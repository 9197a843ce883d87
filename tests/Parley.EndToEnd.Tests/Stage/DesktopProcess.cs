using System.Globalization;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>The real desktop as a process of its own, with a data folder that the test owns (or the executable that PARLEY_DESKTOP names).</summary>
public sealed class DesktopProcess : IAsyncDisposable
{
    private const string AddressPrefix = "Parley is at ";

    private readonly ChildProcess _process;

    private DesktopProcess(ChildProcess process) => _process = process;

    public ChildProcess Process => _process;

    /// <summary>Starts the desktop without a window; <paramref name="dataFolder"/> takes the place of the user's own.</summary>
    public static DesktopProcess Start(string dataFolder, string profile, params string[] args) =>
        new(StartProcess(dataFolder, [.. args, "--profile", profile, "--no-window"]));

    /// <summary>Starts the desktop without a window, on a session bus.</summary>
    public static DesktopProcess StartOn(string bus, string dataFolder, string profile, params string[] args) =>
        new(StartProcess(Program(), dataFolder, [.. args, "--profile", profile, "--no-window"], bus: bus));

    /// <summary>Starts the Debug build, which has the gallery, without a window.</summary>
    public static DesktopProcess StartDebug(string dataFolder) =>
        new(StartProcess(Repository.BuiltAssembly("Parley.Desktop", "parley.dll", "Debug"), dataFolder, ["--no-window"]));

    /// <summary>Starts the desktop with a window on an X display.</summary>
    public static DesktopProcess StartWindow(string dataFolder, string display, params string[] args) =>
        new(StartProcess(dataFolder, [.. args, "--window", "webkit"], display));

    /// <summary>Starts the desktop with the best window that there is.</summary>
    public static DesktopProcess StartBestWindow(string dataFolder, string display, params string[] args) => new(StartProcess(dataFolder, args, display));

    /// <summary>The arguments that bring a client to a server, which it trusts.</summary>
    public static string[] For(ServerProcess server)
    {
        string[] address = ["--server", string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}")];
        return server.Fingerprint is { } fingerprint ? [.. address, "--trust", fingerprint] : address;
    }

    /// <summary>The address to open; each opens once.</summary>
    public async Task<Uri> AddressAsync()
    {
        var line = await _process.WaitForLineAsync(l => l.StartsWith(AddressPrefix, StringComparison.Ordinal), $"the line \"{AddressPrefix}...\"");
        return new Uri(line[AddressPrefix.Length..]);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ChildProcess StartProcess(string dataFolder, string[] args, string? display = null) =>
        StartProcess(Program(), dataFolder, args, display);

    private static string Program() =>
        Environment.GetEnvironmentVariable("PARLEY_DESKTOP") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Repository.BuiltAssembly("Parley.Desktop", "parley.dll");

    private static ChildProcess StartProcess(string program, string dataFolder, string[] args, string? display = null, string? bus = null) =>
        ChildProcess.Start(program, args, dataFolder, new Dictionary<string, string?>
        {
            ["XDG_DATA_HOME"] = dataFolder,
            ["LC_ALL"] = "C.UTF-8", // English, wherever the tests run.
            ["DISPLAY"] = display,
            ["WAYLAND_DISPLAY"] = null,
            ["DBUS_SESSION_BUS_ADDRESS"] = bus,
            ["DBUS_SYSTEM_BUS_ADDRESS"] = bus,
            ["XDG_SESSION_ID"] = SessionBus.SessionId,
            ["NO_AT_BRIDGE"] = "1", // No accessibility bus where there is no session: GTK would wait for one.
            ["LIBGL_ALWAYS_SOFTWARE"] = "1",
        });
}
