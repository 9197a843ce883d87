using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>
/// A session bus of its own (dbus-run-session) and, when it is started, a notification service there that records what it is asked (python3-dbusmock).
/// </summary>
internal sealed class SessionBus : IAsyncDisposable
{
    // Debian's own: another one on the path does not have Debian's modules.
    private const string Python = "/usr/bin/python3";

    // A bus that starts nothing by itself: a machine may have a notification service of its own that it would start.
    private const string Configuration = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """;

    private const string AwaitService = """
        import dbus, time
        bus = dbus.SessionBus()
        while not bus.name_has_owner('org.freedesktop.Notifications'):
            time.sleep(0.05)
        """;

    private const string AwaitNoService = """
        import dbus, time
        bus = dbus.SessionBus()
        while bus.name_has_owner('org.freedesktop.Notifications'):
            time.sleep(0.05)
        """;

    private const string Click = """
        import dbus, sys
        service = dbus.SessionBus().get_object('org.freedesktop.Notifications', '/org/freedesktop/Notifications')
        service.EmitSignal('org.freedesktop.Notifications', 'ActionInvoked', 'us', [dbus.UInt32(int(sys.argv[1])), 'default'], dbus_interface='org.freedesktop.DBus.Mock')
        """;

    private const string AwaitLogin = """
        import dbus, sys, time
        bus = dbus.SessionBus()
        for name in ['org.freedesktop.login1', 'org.gnome.ScreenSaver']:
            while not bus.name_has_owner(name):
                time.sleep(0.05)
        login = dbus.Interface(bus.get_object('org.freedesktop.login1', '/org/freedesktop/login1'), 'org.freedesktop.DBus.Mock')
        login.AddSession(sys.argv[1], 'seat0', dbus.UInt32(1000), 'alice', True)
        """;

    private const string Emit = """
        import dbus, sys
        name, path, face, member, value = sys.argv[1:]
        mock = dbus.SessionBus().get_object(name, path)
        arguments = [] if value == '' else [dbus.Boolean(value == 'true')]
        mock.EmitSignal(face, member, 'b' * len(arguments), arguments, dbus_interface='org.freedesktop.DBus.Mock')
        """;

    private const string Hint = """
        import dbus, sys
        session = dbus.SessionBus().get_object('org.freedesktop.login1', '/org/freedesktop/login1/session/' + sys.argv[1])
        session.SetLockedHint(sys.argv[2] == 'true', dbus_interface='org.freedesktop.login1.Session')
        """;

    private readonly List<ChildProcess> _login = [];
    private readonly TempFolder _folder;
    private readonly ChildProcess _bus;
    private ChildProcess? _service;

    private SessionBus(TempFolder folder, ChildProcess bus, string address) => (_folder, _bus, Address) = (folder, bus, address);

    /// <summary>The id of the person's session at <see cref="StartLoginAsync"/>'s logind.</summary>
    public const string SessionId = "c1";

    /// <summary>As in the environment variable DBUS_SESSION_BUS_ADDRESS; it is the system's bus for what runs on it, too.</summary>
    public string Address { get; }

    public static async Task<SessionBus> StartAsync()
    {
        var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["session.conf"], Configuration);
        var bus = ChildProcess.Start("dbus-run-session", ["--config-file", folder["session.conf"], "--", "sh", "-c", "echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec sleep infinity"], Path.GetTempPath());
        return new SessionBus(folder, bus, await bus.WaitForLineAsync(line => line.StartsWith("unix:", StringComparison.Ordinal), "the address of the bus"));
    }

    /// <param name="capabilities">What the service says that it can do.</param>
    public async Task StartServiceAsync(string capabilities = "actions body body-markup")
    {
        _service = Run("-u", "-m", "dbusmock", "--session", "--template", "notification_daemon", "--parameters", $$"""{"capabilities": "{{capabilities}}"}""");
        await RunToEndAsync("-c", AwaitService);
    }

    /// <summary>Ends the service, and starts it anew: it counts from the beginning.</summary>
    public async Task RestartServiceAsync(string capabilities = "actions body body-markup")
    {
        if (_service is not null)
            await _service.DisposeAsync();
        await RunToEndAsync("-c", AwaitNoService);
        await StartServiceAsync(capabilities);
    }

    /// <summary>Starts a logind that knows one session, and a screen saver.</summary>
    public async Task StartLoginAsync()
    {
        _login.Add(Run("-u", "-m", "dbusmock", "--system", "--template", "logind"));
        _login.Add(Run("-u", "-m", "dbusmock", "--session", "--template", "gnome_screensaver"));
        await RunToEndAsync("-c", AwaitLogin, SessionId);
    }

    /// <summary>The screen saver covers the screen, or is gone.</summary>
    public Task CoverAsync(bool isCovered) =>
        EmitAsync("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", isCovered ? "true" : "false");

    /// <summary>logind asks the session to lock itself, or to unlock.</summary>
    public Task AskToLockAsync(bool isLocked) =>
        EmitAsync("org.freedesktop.login1", $"/org/freedesktop/login1/session/{SessionId}", "org.freedesktop.login1.Session", isLocked ? "Lock" : "Unlock");

    /// <summary>The desktop tells logind that it is locked, or not.</summary>
    public Task HintLockedAsync(bool isLocked) => RunToEndAsync("-c", Hint, SessionId, isLocked ? "true" : "false");

    /// <summary>The machine has slept.</summary>
    public Task WakeAsync() =>
        EmitAsync("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "false");

    /// <summary>Waits for a call of the service, and takes what stands in the places of the pattern's groups.</summary>
    public async Task<Match> CalledAsync(string pattern)
    {
        var service = _service ?? throw new InvalidOperationException("There is no service yet.");
        var call = new Regex(pattern);
        return call.Match(await service.WaitForLineAsync(call.IsMatch, pattern));
    }

    /// <summary>The person clicks a notification.</summary>
    public Task ClickAsync(string id) => RunToEndAsync("-c", Click, uint.Parse(id, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        foreach (var mock in _login)
            await mock.DisposeAsync();
        await _bus.DisposeAsync();
        _folder.Dispose();
    }

    private ChildProcess Run(params string[] args) =>
        ChildProcess.Start(
            Python,
            args,
            Path.GetTempPath(),
            new Dictionary<string, string?> { ["DBUS_SESSION_BUS_ADDRESS"] = Address, ["DBUS_SYSTEM_BUS_ADDRESS"] = Address });

    private Task EmitAsync(string name, string path, string face, string member, string value = "") =>
        RunToEndAsync("-c", Emit, name, path, face, member, value);

    private async Task RunToEndAsync(params string[] args)
    {
        await using var tool = Run(args);
        Assert.True(await tool.WaitForExitAsync() == 0, tool.Describe());
    }
}
