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
    }

    public ServerAddress? LastServer => _settings.LastServer is { } server ? new ServerAddress(server.Host, server.Port, server.UseTls) : null;

    public string? LastUsername => _settings.LastUsername;

    public IReadOnlyDictionary<string, string> Drafts => (PrivateFile.Read(_draftsPath, ProfileJson.Default.ProfileDrafts) ?? new ProfileDrafts()).Drafts;

    public Preferences Preferences => _settings.Preferences;

    internal WindowState Window => _settings.Window;

    public Session? SessionOf(ServerAddress server) =>
        _sessions.Sessions.TryGetValue(server.ToString(), out var kept) ? new Session(kept.Token, kept.Username) : null;

    public void KeepSession(ServerAddress server, Session session)
    {
        ChangeSessions(sessions => sessions[server.ToString()] = new KeptSession(session.Username, session.Token));
        ChangeSettings(settings => settings with { LastServer = Known(server), LastUsername = session.Username });
    }

    public void ForgetSession(ServerAddress server) => ChangeSessions(sessions => sessions.Remove(server.ToString()));

    public Fingerprint? PinOf(ServerAddress server) => _settings.Pins.TryGetValue(server.ToString(), out var hex) ? Fingerprint.Parse(hex) : null;

    public void KeepPin(ServerAddress server, Fingerprint pin) =>
        ChangeSettings(settings => settings with { Pins = new Dictionary<string, string>(settings.Pins) { [server.ToString()] = pin.Hex } });

    public void KeepDrafts(IReadOnlyDictionary<string, string> drafts) =>
        PrivateFile.Write(_draftsPath, new ProfileDrafts { Drafts = drafts }, ProfileJson.Default.ProfileDrafts);

    public void KeepPreferences(Preferences preferences) => ChangeSettings(settings => settings with { Preferences = preferences });

    internal void KeepWindow(WindowState window) => ChangeSettings(settings => settings with { Window = window });

    /// <summary>Starts with this server instead of the last one; whether it speaks TLS is remembered, where it was the last one.</summary>
    internal void StartWith(ServerAddress server) =>
        ChangeSettings(settings => settings with
        {
            LastServer = settings.LastServer is { } last && last.Host == server.Host && last.Port == server.Port ? last : Known(server),
        });

    private static KnownServer Known(ServerAddress server) => new(server.Host, server.Port, server.UseTls);

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
