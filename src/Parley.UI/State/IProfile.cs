using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>What the host of the interface remembers for one person between two starts.</summary>
public interface IProfile
{
    /// <summary>The person's servers, in the person's order: each that was logged in to and not left.</summary>
    IReadOnlyList<ServerAddress> Servers { get; }

    /// <summary>Keeps which servers there are, and their order.</summary>
    void SaveServers(IReadOnlyList<ServerAddress> servers);

    /// <summary>The server that was in view last, or the one that this start asked for.</summary>
    ServerAddress? LastServer { get; }

    /// <summary>Keeps which server is in view; null where the last one was left.</summary>
    void SaveLastServer(ServerAddress? server);

    /// <summary>The name of the last login.</summary>
    string? LastUsername { get; }

    /// <summary>The name of the last login on a server.</summary>
    string? UsernameOf(ServerAddress server);

    /// <summary>What a server said last that it is called; null where it has no name, or never said so.</summary>
    string? ServerNameOf(ServerAddress server);

    /// <summary>Keeps what a server is called.</summary>
    void SaveServerName(ServerAddress server, string? name);

    /// <summary>The kept session on a server.</summary>
    Session? SessionOf(ServerAddress server);

    /// <summary>Keeps a login, and makes it the last one; its server is one of the person's from then on.</summary>
    void SaveSession(ServerAddress server, Session session);

    /// <summary>Forgets the session; the server and the name stay what the login screen starts with.</summary>
    void ForgetSession(ServerAddress server);

    /// <summary>How the person likes it.</summary>
    Preferences Preferences { get; }

    /// <summary>Keeps how the person likes it.</summary>
    void SavePreferences(Preferences preferences);

    /// <summary>How the person uses emoji.</summary>
    EmojiPreferences Emoji { get; }

    /// <summary>Keeps how the person uses emoji.</summary>
    void SaveEmoji(EmojiPreferences emoji);

    /// <summary>What is wished of the channels where it is not as everywhere else, by keys of the interface's own.</summary>
    IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; }

    /// <summary>Keeps what is wished of the channels.</summary>
    void SaveChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> wishes);

    /// <summary>Half-typed texts, by keys of the interface's own.</summary>
    IReadOnlyDictionary<string, string> Drafts { get; }

    /// <summary>Keeps the half-typed texts.</summary>
    void SaveDrafts(IReadOnlyDictionary<string, string> drafts);

    /// <summary>The fingerprint that was trusted for a server.</summary>
    Fingerprint? PinOf(ServerAddress server);

    /// <summary>The room that was last in view on a server, as in the page's address (<c>channels/NAME</c>); null where none was.</summary>
    string? RoomOf(ServerAddress server);

    /// <summary>Keeps which room is in view on a server.</summary>
    void SaveRoom(ServerAddress server, string room);

    /// <summary>Whether the system itself trusted the server's certificate at a login; then nobody is asked to trust another one.</summary>
    bool IsSystemTrusted(ServerAddress server);

    /// <summary>Keeps that the system trusted the server's certificate.</summary>
    void SaveSystemTrust(ServerAddress server);

    /// <summary>Trusts a fingerprint for a server.</summary>
    void SavePin(ServerAddress server, Fingerprint pin);
}
