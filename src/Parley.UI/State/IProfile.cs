using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>What the host of the interface remembers for one person between two starts.</summary>
public interface IProfile
{
    /// <summary>The server of the last login, or the one that this start asked for.</summary>
    ServerAddress? LastServer { get; }

    /// <summary>The name of the last login.</summary>
    string? LastUsername { get; }

    /// <summary>The kept session on a server.</summary>
    Session? SessionOf(ServerAddress server);

    /// <summary>Keeps a login, and makes it the last one.</summary>
    void KeepSession(ServerAddress server, Session session);

    /// <summary>Forgets the session; the server and the name stay what the login screen starts with.</summary>
    void ForgetSession(ServerAddress server);

    /// <summary>How the person likes it.</summary>
    Preferences Preferences { get; }

    /// <summary>Keeps how the person likes it.</summary>
    void KeepPreferences(Preferences preferences);

    /// <summary>Half-typed texts, by keys of the interface's own.</summary>
    IReadOnlyDictionary<string, string> Drafts { get; }

    /// <summary>Keeps the half-typed texts.</summary>
    void KeepDrafts(IReadOnlyDictionary<string, string> drafts);

    /// <summary>The fingerprint that was trusted for a server.</summary>
    Fingerprint? PinOf(ServerAddress server);

    /// <summary>Trusts a fingerprint for a server.</summary>
    void KeepPin(ServerAddress server, Fingerprint pin);
}
