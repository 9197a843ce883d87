using Parley.Client.Connection;
using Parley.Desktop.Windows;
using Parley.UI.State;

namespace Parley.Desktop.Profiles;

/// <summary>What is remembered for one person, in two small files of the profile's folder. Both are readable by their owner alone.</summary>
internal sealed class FileProfile : IProfile
{
    private readonly Lock _gate = new();
    private readonly string _settingsPath;
    private readonly string _sessionsPath;
    private readonly string _draftsPath;
    private ProfileSettings _settings;
    private ProfileSessions _sessions;

    internal FileProfile(ProfileFolder folder)
    {
        _settingsPath = folder.File("settings.json");
        _sessionsPath = folder.File("sessions.json");
        _draftsPath = folder.File("drafts.json");
        _settings = PrivateFile.Read(_settingsPath, ProfileJson.Default.ProfileSettings) ?? new ProfileSettings();
        _sessions = PrivateFile.Read(_sessionsPath, ProfileJson.Default.ProfileSessions) ?? new ProfileSessions();
        _settings = _settings with
        {
            Servers = _settings.Servers?.Where(IsReachable).ToList() ?? ServersOfOlderFile(),
            LastServer = _settings.LastServer is { } last && IsReachable(last) ? last : null,
        };
    }

    public IReadOnlyList<ServerAddress> Servers => [.. KnownServers.Select(Address)];

    public ServerAddress? LastServer => _settings.LastServer is { } server ? Address(server) : null;

    public string? LastUsername => _settings.LastUsername;

    public IReadOnlyDictionary<string, string> Drafts => (PrivateFile.Read(_draftsPath, ProfileJson.Default.ProfileDrafts) ?? new ProfileDrafts()).Drafts;

    public Preferences Preferences => _settings.Preferences;

    public EmojiHabits Emoji => _settings.Emoji;

    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications => _settings.ChannelNotifications;

    internal KeptServer? OwnServer => _settings.OwnServer;

    internal WindowState Window => _settings.Window;

    private IReadOnlyList<KnownServer> KnownServers => _settings.Servers ?? [];

    public string? UsernameOf(ServerAddress server) => Find(server)?.Username;

    public string? ServerNameOf(ServerAddress server) => Find(server)?.Name;

    public void KeepServerName(ServerAddress server, string? name)
    {
        if (Find(server) is { } kept && kept.Name != name)
            ChangeSettings(settings => settings with { Servers = [.. (settings.Servers ?? []).Select(known => IsAt(known, server) ? known with { Name = name } : known)] });
    }

    public Session? SessionOf(ServerAddress server) =>
        _sessions.Sessions.TryGetValue(server.ToString(), out var kept) ? new Session(kept.Token, kept.Username) : null;

    public void KeepSession(ServerAddress server, Session session)
    {
        ChangeSessions(sessions => sessions[server.ToString()] = new KeptSession(session.Username, session.Token));
        ChangeSettings(
            settings => settings with { LastServer = Known(server), LastUsername = session.Username, Servers = WithLogin(server, session.Username) });
    }

    public void KeepServers(IReadOnlyList<ServerAddress> servers) =>
        ChangeSettings(settings => settings with { Servers = [.. servers.Select(server => Find(server) ?? Known(server))] });

    public void KeepLastServer(ServerAddress? server) =>
        ChangeSettings(settings => settings with { LastServer = server is null ? null : Known(server) });

    public void ForgetSession(ServerAddress server) => ChangeSessions(sessions => sessions.Remove(server.ToString()));

    public Fingerprint? PinOf(ServerAddress server) => _settings.Pins.TryGetValue(server.ToString(), out var hex) ? Fingerprint.Parse(hex) : null;

    public void KeepPin(ServerAddress server, Fingerprint pin) =>
        ChangeSettings(settings => settings with { Pins = new Dictionary<string, string>(settings.Pins) { [server.ToString()] = pin.Hex } });

    public void KeepDrafts(IReadOnlyDictionary<string, string> drafts) =>
        PrivateFile.Write(_draftsPath, new ProfileDrafts { Drafts = drafts }, ProfileJson.Default.ProfileDrafts);

    public void KeepPreferences(Preferences preferences) => ChangeSettings(settings => settings with { Preferences = preferences });

    public void KeepEmoji(EmojiHabits emoji) => ChangeSettings(settings => settings with { Emoji = emoji });

    public void KeepChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> wishes) =>
        ChangeSettings(settings => settings with { ChannelNotifications = wishes });

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

    private static bool IsAt(KnownServer known, ServerAddress server) =>
        known.Port == server.Port && string.Equals(known.Host, server.Host, StringComparison.OrdinalIgnoreCase);

    private KnownServer? Find(ServerAddress server) => KnownServers.FirstOrDefault(known => IsAt(known, server));

    private List<KnownServer> WithLogin(ServerAddress server, string username)
    {
        var servers = KnownServers.ToList();
        var at = servers.FindIndex(known => IsAt(known, server));
        var login = Known(server) with { Username = username, Name = at < 0 ? null : servers[at].Name };
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
            PrivateFile.Write(_settingsPath, changed, ProfileJson.Default.ProfileSettings);
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
