using System.Runtime.InteropServices;
using Parley.Desktop.DBus;

namespace Parley.Desktop.LoginSession;

/// <summary>
/// What a Linux session says of itself: that its screen was locked or unlocked (the desktop's screen saver, or logind), and that the machine has slept
/// (logind). It listens on a thread of its own until the process ends; where there is no bus, or nobody who speaks there, nothing is said.
/// </summary>
/// <param name="locked">Told whether the screen is locked, at each change.</param>
/// <param name="woke">Told that the machine has slept.</param>
/// <param name="logger">Takes what these two fail with: an exception must not reach GLib.</param>
internal sealed partial class SessionWatch(Action<bool> locked, Action woke, ILogger logger)
{
    private const string Logind = "org.freedesktop.login1";
    private const string LogindPath = "/org/freedesktop/login1";
    private const string LogindManager = "org.freedesktop.login1.Manager";
    private const string LogindSession = "org.freedesktop.login1.Session";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const int CallTimeoutMilliseconds = 3_000;

    private readonly Action<bool> _locked = locked;
    private readonly Action _woke = woke;
    private readonly ILogger _logger = logger;

    /// <summary>Begins to listen.</summary>
    internal void Start()
    {
        if (OperatingSystem.IsLinux() && GDBus.IsInstalled())
            new Thread(Listen) { Name = "session", IsBackground = true }.Start();
    }

    private unsafe void Listen()
    {
        var data = GCHandle.ToIntPtr(GCHandle.Alloc(this)); // For as long as the process lives.
        var context = GDBus.MainContextNew();
        GDBus.MainContextPush(context);
        // Each desktop has a name of its own for its screen saver (org.gnome.ScreenSaver, org.cinnamon.ScreenSaver); all end alike.
        if (GDBus.HasSessionBus() && Connect(GDBus.SessionBus) is not 0 and var session)
            _ = GDBus.Subscribe(session, null, null, "ActiveChanged", null, null, 0, &OnScreenSaver, data, 0);
        if (Connect(GDBus.SystemBus) is not 0 and var system)
        {
            _ = GDBus.Subscribe(system, Logind, LogindManager, "PrepareForSleep", LogindPath, null, 0, &OnSleep, data, 0);
            if (OwnSession(system) is { } path)
            {
                _ = GDBus.Subscribe(system, Logind, LogindSession, null, path, null, 0, &OnLockRequest, data, 0);
                _ = GDBus.Subscribe(system, Logind, Properties, "PropertiesChanged", path, LogindSession, 0, &OnPropertiesChanged, data, 0);
            }
        }

        GDBus.MainLoopRun(GDBus.MainLoopNew(context, 0));
    }

    private static nint Connect(int bus)
    {
        var address = GDBus.AddressOf(bus, 0, out var error);
        var connection = address == 0 ? 0 : GDBus.ConnectTo(address, GDBus.AsClientOfBus, 0, 0, out error);
        GDBus.Free(address);
        if (connection == 0)
            GDBus.Take(error);
        return connection;
    }

    // A program that a desktop starts belongs to no session by its process (systemd's user manager starts it), but by its environment.
    private static string? OwnSession(nint bus) =>
        Environment.GetEnvironmentVariable("XDG_SESSION_ID") is { Length: > 0 } id
            ? Ask(bus, "GetSession", $"({GDBus.Quote(id)},)")
            : Ask(bus, "GetSessionByPID", $"(uint32 {Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)},)");

    private static string? Ask(nint bus, string method, string parameters)
    {
        var variant = GDBus.VariantParse(0, parameters, 0, 0, out var error);
        if (variant == 0)
            throw new InvalidOperationException(GDBus.Take(error));
        var reply = GDBus.Call(bus, Logind, LogindPath, LogindManager, method, variant, 0, 0, CallTimeoutMilliseconds, 0, out error);
        GDBus.VariantUnref(variant);
        if (reply == 0)
        {
            GDBus.Take(error); // No logind, or no session: then nobody locks it.
            return null;
        }

        var path = GDBus.TextOf(reply, 0);
        GDBus.VariantUnref(reply);
        return path;
    }

    [UnmanagedCallersOnly]
    private static void OnScreenSaver(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (Marshal.PtrToStringUTF8(face)?.EndsWith(".ScreenSaver", StringComparison.Ordinal) == true)
            Tell(data, watch => watch._locked(GDBus.TextOf(parameters) == "(true,)"));
    }

    [UnmanagedCallersOnly]
    private static void OnLockRequest(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (Marshal.PtrToStringUTF8(signal) is "Lock" or "Unlock")
            Tell(data, watch => watch._locked(Marshal.PtrToStringUTF8(signal) == "Lock"));
    }

    [UnmanagedCallersOnly]
    private static void OnPropertiesChanged(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        var changes = GDBus.TextOf(parameters);
        if (changes.Contains("'LockedHint': <", StringComparison.Ordinal))
            Tell(data, watch => watch._locked(changes.Contains("'LockedHint': <true>", StringComparison.Ordinal)));
    }

    // True before it sleeps, false when it wakes.
    [UnmanagedCallersOnly]
    private static void OnSleep(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (GDBus.TextOf(parameters) == "(false,)")
            Tell(data, watch => watch._woke());
    }

    private static void Tell(nint data, Action<SessionWatch> what)
    {
        if (GCHandle.FromIntPtr(data).Target is not SessionWatch watch)
            return;
        try
        {
            what(watch);
        }
        catch (Exception e)
        {
            Log.Failed(watch._logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "What the session said could not be acted on.")]
        internal static partial void Failed(ILogger logger, Exception cause);
    }
}
