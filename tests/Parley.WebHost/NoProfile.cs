using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.WebHost;

/// <summary>Nothing is remembered: each start is the first.</summary>
internal sealed class NoProfile : IProfile
{
    public IReadOnlyList<ServerAddress> Servers => [];

    public ServerAddress? LastServer => null;

    public string? LastUsername => null;

    public Preferences Preferences { get; } = new();

    public EmojiPreferences Emoji => EmojiPreferences.None;

    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; } = new Dictionary<string, RoomNotifications>();

    public IReadOnlyDictionary<string, string> Drafts { get; } = new Dictionary<string, string>();

    public string? UsernameOf(ServerAddress server) => null;

    public string? ServerNameOf(ServerAddress server) => null;

    public Session? SessionOf(ServerAddress server) => null;

    public Fingerprint? PinOf(ServerAddress server) => null;

    public string? RoomOf(ServerAddress server) => null;

    public void SaveRoom(ServerAddress server, string room)
    {
    }

    public bool IsSystemTrusted(ServerAddress server) => false;

    public void SaveSystemTrust(ServerAddress server)
    {
    }

    public void SaveServers(IReadOnlyList<ServerAddress> servers)
    {
    }

    public void SaveServerName(ServerAddress server, string? name)
    {
    }

    public void SaveLastServer(ServerAddress? server)
    {
    }

    public void SaveSession(ServerAddress server, Session session)
    {
    }

    public void ForgetSession(ServerAddress server)
    {
    }

    public void SavePreferences(Preferences preferences)
    {
    }

    public void SaveEmoji(EmojiPreferences emoji)
    {
    }

    public void SaveChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> notifications)
    {
    }

    public void SaveDrafts(IReadOnlyDictionary<string, string> drafts)
    {
    }

    public void SavePin(ServerAddress server, Fingerprint pin)
    {
    }
}
