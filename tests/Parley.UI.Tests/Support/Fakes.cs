using Parley.Client.Connection;
using Parley.UI.Features.Notifications;
using Parley.UI.Features.OwnServer;
using Parley.UI.State;

namespace Parley.UI.Tests.Support;

/// <summary>A profile that forgets everything at its end.</summary>
internal sealed class MemoryProfile : IProfile
{
    private readonly Dictionary<ServerAddress, Session> _sessions = [];
    private readonly Dictionary<ServerAddress, Fingerprint> _pins = [];

    public IReadOnlyList<ServerAddress> Servers { get; set; } = [];

    public ServerAddress? LastServer { get; set; }

    public string? LastUsername { get; set; }

    public void SaveServers(IReadOnlyList<ServerAddress> servers) => Servers = servers;

    public void SaveLastServer(ServerAddress? server) => LastServer = server;

    public Dictionary<ServerAddress, string?> ServerNames { get; } = [];

    public string? ServerNameOf(ServerAddress server) => ServerNames.GetValueOrDefault(server);

    public void SaveServerName(ServerAddress server, string? name) => ServerNames[server] = name;

    public string? UsernameOf(ServerAddress server) => SessionOf(server)?.Username;

    public Preferences Preferences { get; private set; } = new();

    public void SavePreferences(Preferences preferences) => Preferences = preferences;

    public EmojiPreferences Emoji { get; private set; } = EmojiPreferences.None;

    public void SaveEmoji(EmojiPreferences emoji) => Emoji = emoji;

    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; private set; } = new Dictionary<string, RoomNotifications>();

    public void SaveChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> notifications) => ChannelNotifications = notifications;

    public IReadOnlyDictionary<string, string> Drafts { get; private set; } = new Dictionary<string, string>();

    public void SaveDrafts(IReadOnlyDictionary<string, string> drafts) => Drafts = drafts;

    public Session? SessionOf(ServerAddress server) => _sessions.GetValueOrDefault(server);

    public void SaveSession(ServerAddress server, Session session) => _sessions[server] = session;

    public void ForgetSession(ServerAddress server) => _sessions.Remove(server);

    public Fingerprint? PinOf(ServerAddress server) => _pins.GetValueOrDefault(server);

    public Dictionary<ServerAddress, string> Rooms { get; } = [];

    public string? RoomOf(ServerAddress server) => Rooms.GetValueOrDefault(server);

    public void SaveRoom(ServerAddress server, string room) => Rooms[server] = room;

    public HashSet<ServerAddress> SystemTrusted { get; } = [];

    public bool IsSystemTrusted(ServerAddress server) => SystemTrusted.Contains(server);

    public void SaveSystemTrust(ServerAddress server) => SystemTrusted.Add(server);

    public void SavePin(ServerAddress server, Fingerprint pin) => _pins[server] = pin;
}

/// <summary>A window that only counts how often it was closed.</summary>
internal sealed class ClosedWindow : IHostWindow
{
    internal int Closings { get; private set; }

    internal int Presentations { get; private set; }

    public void Close() => Closings++;

    public void Present() => Presentations++;
}

/// <summary>A server of one's own that is in whatever state a test says.</summary>
internal sealed class GivenOwnServer : IOwnServer
{
    public event Action? Changed;

    public OwnServerState State { get; private set; } = new OwnServerState.Stopped();

    public ServerAddress? Address { get; set; }

    internal int Starts { get; private set; }

    internal int Stops { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Starts++;
        Become(new OwnServerState.Starting());
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        Stops++;
        Become(new OwnServerState.Stopped());
        return Task.CompletedTask;
    }

    internal void Become(OwnServerState state)
    {
        State = state;
        Changed?.Invoke();
    }
}

/// <summary>Remembers what the desktop was told.</summary>
internal sealed class ToldNotifier : INotifier
{
    public event Action<string>? Activated;

    internal List<(string Key, string Title, string Text)> Told { get; } = [];

    /// <summary>Why it shows none.</summary>
    internal NotifyFailure? Failure { get; set; }

    internal List<string> Withdrawn { get; } = [];

    public Task<NotifyFailure?> ShowAsync(string key, string title, string text)
    {
        Told.Add((key, title, text));
        return Task.FromResult(Failure);
    }

    public Task WithdrawAsync(string key)
    {
        Withdrawn.Add(key);
        return Task.CompletedTask;
    }

    internal void Click(string key) => Activated?.Invoke(key);
}
