using System.Globalization;
using System.Runtime.InteropServices;
using Parley.Desktop.DBus;
using Parley.UI.Features.Notifications;

namespace Parley.Desktop.Notifications;

/// <summary>
/// Notifications of a Linux desktop (the Desktop Notifications Specification 1.2). Calls are made one after another on the thread pool, since a call waits
/// for the desktop's answer; signals come in on a thread of their own, with a main context of its own, so that no kind of window is needed.
/// </summary>
/// <param name="allowWindow">Told what the desktop gives with a click: the token that lets the window come to the front.</param>
/// <param name="logger">Takes what a signal's handling fails with.</param>
internal sealed class DBusNotifier(Action<string> allowWindow, ILogger logger) : INotifier, IDisposable
{
    private const string Name = "org.freedesktop.Notifications";
    private const string Path = "/org/freedesktop/Notifications";
    private const string BusName = "org.freedesktop.DBus";
    private const string BusPath = "/org/freedesktop/DBus";
    private const int CallTimeoutMilliseconds = 3_000;

    private readonly Action<string> _allowWindow = allowWindow;
    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, uint> _ids = [];
    private bool? _readsMarkup; // Asked once of each service.
    private nint _bus;
    private GCHandle _self;

    public event Action<string>? Activated;

    public async Task<NotifyFailure?> ShowAsync(string key, string title, string text)
    {
        await _one.WaitAsync();
        try
        {
            return await Task.Run(() => Show(key, title, text));
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task WithdrawAsync(string key)
    {
        await _one.WaitAsync();
        try
        {
            if (_bus != 0 && _ids.Remove(key, out var id))
                await Task.Run(() => Call("CloseNotification", string.Create(CultureInfo.InvariantCulture, $"(uint32 {id},)"), out _));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>To services with <c>body-markup</c> the body is a small markup; what people write is none.</summary>
    internal static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private NotifyFailure? Show(string key, string title, string text)
    {
        if (Connect() is { } failure)
            return failure;
        if (ReadsMarkup(out failure))
            text = Escape(text);
        if (failure is not null)
            return failure;
        var replaces = _ids.GetValueOrDefault(key);
        var icon = GDBus.Quote(System.IO.Path.Combine(AppContext.BaseDirectory, "parley.png"));
        var parameters = $"('Parley', uint32 {replaces.ToString(CultureInfo.InvariantCulture)}, {icon}, {GDBus.Quote(title)}, {GDBus.Quote(text)}, "
            + "['default', 'Open'], {'desktop-entry': <'parley'>, 'category': <'im.received'>}, -1)";
        var reply = Call("Notify", parameters, out failure);
        if (reply == 0)
            return failure;
        var first = GDBus.VariantGetChild(reply, 0);
        _ids[key] = GDBus.VariantGetUInt32(first);
        GDBus.VariantUnref(first);
        GDBus.VariantUnref(reply);
        return null;
    }

    // Where a service says nothing of itself, a mark too many is better than a message that is read as marks.
    private bool ReadsMarkup(out NotifyFailure? failure)
    {
        failure = null;
        if (_readsMarkup is { } known)
            return known;
        var reply = Call("GetCapabilities", "()", out failure);
        if (failure is { Cause: NotifyCause.Refused })
            failure = null;
        if (reply == 0)
            return true;
        _readsMarkup = GDBus.TextOf(reply).Contains("'body-markup'", StringComparison.Ordinal);
        GDBus.VariantUnref(reply);
        return _readsMarkup.Value;
    }

    private NotifyFailure? Connect()
    {
        if (_bus != 0 && GDBus.IsClosed(_bus) == 0)
            return null;
        if (!GDBus.IsInstalled())
            return new NotifyFailure(NotifyCause.Library, GDBus.Gio);
        if (!GDBus.HasSessionBus())
            return new NotifyFailure(NotifyCause.Bus);
        Leave();
        // A connection of our own: the one that GLib shares stays closed for ever once its bus has ended.
        var address = GDBus.AddressOf(GDBus.SessionBus, 0, out var error);
        _bus = address == 0 ? 0 : GDBus.ConnectTo(address, GDBus.AsClientOfBus, 0, 0, out error);
        GDBus.Free(address);
        if (_bus == 0)
            return new NotifyFailure(NotifyCause.Bus, GDBus.Take(error));
        var bus = _bus;
        new Thread(() => Listen(bus)) { Name = "notifications", IsBackground = true }.Start();
        return null;
    }

    // The bus has ended, and with it what was shown there. The thread that listens to it sleeps on: a session rarely outlives its bus once.
    private void Leave()
    {
        _ids.Clear();
        _readsMarkup = null;
        if (_bus != 0)
            GDBus.ObjectUnref(_bus);
        _bus = 0;
    }

    private nint Call(string method, string parameters, out NotifyFailure? failure)
    {
        var variant = GDBus.VariantParse(0, parameters, 0, 0, out var error);
        if (variant == 0)
            throw new InvalidOperationException(GDBus.Take(error));
        // A parsed variant has no floating reference for the call to take: it is ours to give back.
        var reply = GDBus.Call(_bus, Name, Path, Name, method, variant, 0, 0, CallTimeoutMilliseconds, 0, out error);
        GDBus.VariantUnref(variant);
        failure = reply == 0 ? Failure(GDBus.Take(error)) : null;
        return reply;
    }

    // "GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name ...": the words after the name are for people.
    private static NotifyFailure Failure(string error)
    {
        var words = error.IndexOf(": ", StringComparison.Ordinal);
        var isNamed = error.StartsWith("GDBus.Error:", StringComparison.Ordinal) && words > 0;
        var isUnknown = isNamed && error[..words].EndsWith(".ServiceUnknown", StringComparison.Ordinal);
        return new NotifyFailure(isUnknown ? NotifyCause.Service : NotifyCause.Refused, isNamed ? error[(words + 2)..] : error);
    }

    private unsafe void Listen(nint bus)
    {
        if (!_self.IsAllocated)
            _self = GCHandle.Alloc(this);
        var data = GCHandle.ToIntPtr(_self);
        var context = GDBus.MainContextNew();
        GDBus.MainContextPush(context);
        _ = GDBus.Subscribe(bus, Name, Name, "ActivationToken", Path, null, 0, &OnActivationToken, data, 0);
        _ = GDBus.Subscribe(bus, Name, Name, "ActionInvoked", Path, null, 0, &OnActionInvoked, data, 0);
        _ = GDBus.Subscribe(bus, BusName, BusName, "NameOwnerChanged", BusPath, Name, 0, &OnServiceChanged, data, 0);
        GDBus.MainLoopRun(GDBus.MainLoopNew(context, 0));
    }

    // Comes before the action, where the desktop guards against stolen focus (Wayland).
    [UnmanagedCallersOnly]
    private static void OnActivationToken(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is not DBusNotifier notifier)
            return;
        if (GDBus.TextOf(parameters, 1) is { Length: > 0 } token)
            notifier._allowWindow(token);
    }

    [UnmanagedCallersOnly]
    private static void OnActionInvoked(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is not DBusNotifier notifier)
            return;
        var first = GDBus.VariantGetChild(parameters, 0);
        var id = GDBus.VariantGetUInt32(first);
        GDBus.VariantUnref(first);
        notifier.ActivateAsync(id).ReportFault(notifier._logger);
    }

    // A service that has started anew counts anew: a number of before would be somebody else's notification. (name, former owner, owner): one that comes
    // first has no former owner.
    [UnmanagedCallersOnly]
    private static void OnServiceChanged(nint connection, nint sender, nint path, nint face, nint signal, nint parameters, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is DBusNotifier notifier && GDBus.TextOf(parameters, 1) is { Length: > 0 })
            notifier.ForgetAsync().ReportFault(notifier._logger);
    }

    private async Task ForgetAsync()
    {
        await _one.WaitAsync();
        try
        {
            _ids.Clear();
            _readsMarkup = null;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ActivateAsync(uint id)
    {
        await _one.WaitAsync();
        string? key;
        try
        {
            key = _ids.FirstOrDefault(known => known.Value == id).Key;
        }
        finally
        {
            _one.Release();
        }

        if (key is not null)
            Activated?.Invoke(key);
    }
}
