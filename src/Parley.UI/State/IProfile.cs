using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>What the host saves for one user between two starts.</summary>
public interface IProfile
{
    /// <summary>The person's servers, in the person's order: each that was logged in to and not removed.</summary>
    IReadOnlyList<ServerAddress> Servers { get; }

    /// <summary>Saves the servers and their order.</summary>
    void SaveServers(IReadOnlyList<ServerAddress> servers);

    /// <summary>The server that was shown last, or the one on the command line.</summary>
    ServerAddress? LastServer { get; }

    /// <summary>Saves which server is shown; null where none is left.</summary>
    void SaveLastServer(ServerAddress? server);

    /// <summary>The name of the last login.</summary>
    string? LastUsername { get; }

    /// <summary>The name of the last login on a server.</summary>
    string? UsernameOf(ServerAddress server);

    /// <summary>The last known name of a server; null where it has none.</summary>
    string? ServerNameOf(ServerAddress server);

    /// <summary>Saves the name of a server.</summary>
    void SaveServerName(ServerAddress server, string? name);

    /// <summary>The saved session on a server.</summary>
    Session? SessionOf(ServerAddress server);

    /// <summary>Saves a login as the last one, and adds its server.</summary>
    void SaveSession(ServerAddress server, Session session);

    /// <summary>Deletes the session; the login screen still starts with the server and the name.</summary>
    void ForgetSession(ServerAddress server);

    /// <summary>The user's preferences.</summary>
    Preferences Preferences { get; }

    /// <summary>Saves the preferences.</summary>
    void SavePreferences(Preferences preferences);

    /// <summary>The skin tone and the recent emoji.</summary>
    EmojiPreferences Emoji { get; }

    /// <summary>Saves the skin tone and the recent emoji.</summary>
    void SaveEmoji(EmojiPreferences emoji);

    /// <summary>The rooms' notification settings that differ from the general ones, by <c>RoomKey</c>.</summary>
    IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; }

    /// <summary>Saves the rooms' notification settings.</summary>
    void SaveChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> notifications);

    /// <summary>The drafts, by <c>RoomKey</c>.</summary>
    IReadOnlyDictionary<string, string> Drafts { get; }

    /// <summary>Saves the drafts.</summary>
    void SaveDrafts(IReadOnlyDictionary<string, string> drafts);

    /// <summary>The fingerprint that was trusted for a server.</summary>
    Fingerprint? PinOf(ServerAddress server);

    /// <summary>The room that was selected last on a server, as in the page's address (<c>channels/NAME</c>); null where none was.</summary>
    string? RoomOf(ServerAddress server);

    /// <summary>Saves which room is selected on a server.</summary>
    void SaveRoom(ServerAddress server, string room);

    /// <summary>Whether the system itself trusted the server's certificate at a login; then nobody is asked to trust another one.</summary>
    bool IsSystemTrusted(ServerAddress server);

    /// <summary>Saves that the system trusted the server's certificate.</summary>
    void SaveSystemTrust(ServerAddress server);

    /// <summary>Saves the trusted fingerprint of a server.</summary>
    void SavePin(ServerAddress server, Fingerprint pin);
}
