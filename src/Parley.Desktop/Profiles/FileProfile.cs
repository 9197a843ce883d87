using Parley.Client.Connection;
using Parley.Desktop.Windows;
using Parley.UI.State;

namespace Parley.Desktop.Profiles;

/// <summary>What is remembered for one person, in two small files of the profile's folder. Both are readable by their owner alone.</summary>
internal sealed class FileProfile : IProfile
{
    private readonly Lock _gate = new();
    private readonly Lock _writing = new(); // Before the other one, where both are taken.
    private readonly string _settingsPath;
    private readonly string _sessionsPath;
    private readonly string _draftsPath;
    private ProfileSettings _settings;
    private ProfileSessions _sessions;
    private bool _isWriteDue;

    internal FileProfile(ProfileFolder folder)
    {
        _settingsPath = folder.File("settings.json");
        _sessionsPath = folder.File("sessions.json");
        _draftsPath = folder.File("drafts.json");
        _settings = PrivateFile.Read(_settingsPath, ProfileJson.Default.ProfileSettings) ?? new ProfileSettings();
        _sessions = PrivateFile.Read(_sessionsPath, ProfileJson.Default.ProfileSessions) ?? new ProfileSessions();
        _settings = _settings with
        {
            Pins = OneKeyEach(_settings.Pins),
            ChannelNotifications = OneKeyEach(_settings.ChannelNotifications),
            LastServer = _settings.LastServer is { } last && IsReachable(last) ? InOneForm(last) : null,
        };
        _sessions = new ProfileSessions { Sessions = OneKeyEach(_sessions.Sessions) };
        _settings = _settings with
        {
            Servers = _settings.Servers?.Where(IsReachable).Select(InOneForm).DistinctBy(server => (server.Host, server.Port)).ToList() ?? ServersOfOlderFile(),
        };
    }

    public IReadOnlyList<ServerAddress> Servers => [.. KnownServers.Select(Address)];

    public ServerAddress? LastServer => _settings.LastServer is { } server ? Address(server) : null;

    public string? LastUsername => _settings.LastUsername;

    public IReadOnlyDictionary<string, string> Drafts =>
        OneKeyEach((PrivateFile.Read(_draftsPath, ProfileJson.Default.ProfileDrafts) ?? new ProfileDrafts()).Drafts);

    public Preferences Preferences => _settings.Preferences;

    public EmojiPreferences Emoji => _settings.Emoji;

    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications => _settings.ChannelNotifications;

    internal KeptServer? OwnServer => _settings.OwnServer;

    /// <summary>Done when what is to be written has been.</summary>
    internal Task Written { get; private set; } = Task.CompletedTask;

    internal WindowState Window => _settings.Window;

    private IReadOnlyList<KnownServer> KnownServers => _settings.Servers ?? [];

    public string? UsernameOf(ServerAddress server) => Find(server)?.Username;

    public string? ServerNameOf(ServerAddress server) => Find(server)?.Name;

    public void SaveServerName(ServerAddress server, string? name)
    {
        if (Find(server) is { } kept && kept.Name != name)
            ChangeSettings(settings => settings with { Servers = [.. (settings.Servers ?? []).Select(known => IsAt(known, server) ? known with { Name = name } : known)] });
    }

    public Session? SessionOf(ServerAddress server) =>
        _sessions.Sessions.TryGetValue(server.ToString(), out var kept) ? new Session(kept.Token, kept.Username) : null;

    public void SaveSession(ServerAddress server, Session session)
    {
        ChangeSessions(sessions => sessions[server.ToString()] = new KeptSession(session.Username, session.Token));
        ChangeSettings(
            settings => settings with { LastServer = Known(server), LastUsername = session.Username, Servers = WithLogin(server, session.Username) });
    }

    public void SaveServers(IReadOnlyList<ServerAddress> servers) =>
        ChangeSettings(settings => settings with { Servers = [.. servers.Select(server => Find(server) ?? Known(server))] });

    public void SaveLastServer(ServerAddress? server) =>
        ChangeSettingsSoon(settings => settings with { LastServer = server is null ? null : Known(server) });

    public void ForgetSession(ServerAddress server) => ChangeSessions(sessions => sessions.Remove(server.ToString()));

    public Fingerprint? PinOf(ServerAddress server) => _settings.Pins.TryGetValue(server.ToString(), out var hex) ? Fingerprint.Parse(hex) : null;

    public void SavePin(ServerAddress server, Fingerprint pin) =>
        ChangeSettings(settings => settings with { Pins = new Dictionary<string, string>(settings.Pins) { [server.ToString()] = pin.Hex } });

    // Who was logged in without a pin before this was kept had a server that the system trusted, too.
    public bool IsSystemTrusted(ServerAddress server) =>
        _settings.SystemTrusted.Contains(server.ToString()) || (PinOf(server) is null && Find(server) is { UseTls: true } && SessionOf(server) is not null);

    public void SaveSystemTrust(ServerAddress server)
    {
        if (!_settings.SystemTrusted.Contains(server.ToString()))
            ChangeSettings(settings => settings with { SystemTrusted = [.. settings.SystemTrusted, server.ToString()] });
    }

    public string? RoomOf(ServerAddress server) => Find(server)?.Room;

    public void SaveRoom(ServerAddress server, string room)
    {
        if (Find(server) is { } kept && kept.Room != room)
            ChangeSettingsSoon(settings => settings with
            {
                Servers = [.. (settings.Servers ?? []).Select(known => IsAt(known, server) ? known with { Room = room } : known)],
            });
    }

    public void SaveDrafts(IReadOnlyDictionary<string, string> drafts) =>
        PrivateFile.Write(_draftsPath, new ProfileDrafts { Drafts = drafts }, ProfileJson.Default.ProfileDrafts);

    public void SavePreferences(Preferences preferences) => ChangeSettings(settings => settings with { Preferences = preferences });

    public void SaveEmoji(EmojiPreferences emoji) => ChangeSettings(settings => settings with { Emoji = emoji });

    public void SaveChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> notifications) =>
        ChangeSettings(settings => settings with { ChannelNotifications = notifications });

    internal void KeepOwnServer(KeptServer server) => ChangeSettings(settings => settings with { OwnServer = server });

    internal void KeepWindow(WindowState window) => ChangeSettings(settings => settings with { Window = window });

    /// <summary>Starts with this server instead of the last one; whether it speaks TLS is remembered, where it is known.</summary>
    internal void StartWith(ServerAddress server) =>
        ChangeSettings(settings => settings with
        {
            LastServer = Find(server) ?? (settings.LastServer is { } last && IsAt(last, server) ? last : Known(server)),
        });

    // Whoever edits the file by hand may write any number.
    private static bool IsReachable(KnownServer server) => server.Host.Length > 0 && server.Port is > 0 and <= ushort.MaxValue;

    private static ServerAddress Address(KnownServer server) => new(server.Host, server.Port, server.UseTls);

    private static KnownServer Known(ServerAddress server) => new(server.Host, server.Port, server.UseTls);

    private static bool IsAt(KnownServer known, ServerAddress server) => known.Port == server.Port && known.Host == server.Host;

    // Files of former versions hold addresses as they were typed.
    private static KnownServer InOneForm(KnownServer server) => server with { Host = Address(server).Host };

    // Keys are HOST:PORT, with a blank and more behind it in some. Of two forms of one address the one that was always right counts.
    private static Dictionary<string, T> OneKeyEach<T>(IReadOnlyDictionary<string, T> kept)
    {
        var keys = new Dictionary<string, T>();
        foreach (var (key, value) in kept)
        {
            var end = key.IndexOf(' ', StringComparison.Ordinal) is var blank and >= 0 ? blank : key.Length;
            var one = ServerAddress.TryParse(key[..end], portElse: 0) is { Port: > 0 } address ? address + key[end..] : key;
            if (one == key || !kept.ContainsKey(one))
                keys[one] = value;
        }

        return keys;
    }

    private KnownServer? Find(ServerAddress server) => KnownServers.FirstOrDefault(known => IsAt(known, server));

    private List<KnownServer> WithLogin(ServerAddress server, string username)
    {
        var servers = KnownServers.ToList();
        var at = servers.FindIndex(known => IsAt(known, server));
        var login = Known(server) with { Username = username, Name = at < 0 ? null : servers[at].Name, Room = at < 0 ? null : servers[at].Room };
        if (at < 0)
            servers.Add(login);
        else
            servers[at] = login;
        return servers;
    }

    // There was one server, and whoever was logged in there still is.
    private List<KnownServer> ServersOfOlderFile() =>
        LastServer is { } server && SessionOf(server) is { } session ? [Known(server) with { Username = session.Username }] : [];

    private void ChangeSettings(Func<ProfileSettings, ProfileSettings> change)
    {
        lock (_gate)
        {
            var changed = change(_settings);
            if (changed == _settings)
                return;
            _settings = changed;
        }

        WriteSettings();
    }

    // Where somebody is, at each step: the step must not wait for the disk.
    private void ChangeSettingsSoon(Func<ProfileSettings, ProfileSettings> change)
    {
        lock (_gate)
        {
            var changed = change(_settings);
            if (changed == _settings)
                return;
            _settings = changed;
            if (_isWriteDue)
                return;
            _isWriteDue = true;
            Written = Task.Run(WriteSettings);
        }
    }

    private void WriteSettings()
    {
        lock (_writing)
        {
            ProfileSettings settings;
            lock (_gate)
                (settings, _isWriteDue) = (_settings, false);
            PrivateFile.Write(_settingsPath, settings, ProfileJson.Default.ProfileSettings);
        }
    }

    private void ChangeSessions(Action<Dictionary<string, KeptSession>> change)
    {
        lock (_gate)
        {
            var sessions = new Dictionary<string, KeptSession>(_sessions.Sessions);
            change(sessions);
            _sessions = new ProfileSessions { Sessions = sessions };
            PrivateFile.Write(_sessionsPath, _sessions, ProfileJson.Default.ProfileSessions);
        }
    }
}
