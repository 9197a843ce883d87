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

    public EmojiHabits Emoji => EmojiHabits.None;

    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; } = new Dictionary<string, RoomNotifications>();

    public IReadOnlyDictionary<string, string> Drafts { get; } = new Dictionary<string, string>();

    public string? UsernameOf(ServerAddress server) => null;

    public string? ServerNameOf(ServerAddress server) => null;

    public Session? SessionOf(ServerAddress server) => null;

    public Fingerprint? PinOf(ServerAddress server) => null;

    public string? RoomOf(ServerAddress server) => null;

    public void KeepRoom(ServerAddress server, string room)
    {
    }

    public bool IsSystemTrusted(ServerAddress server) => false;

    public void KeepSystemTrust(ServerAddress server)
    {
    }

    public void KeepServers(IReadOnlyList<ServerAddress> servers)
    {
    }

    public void KeepServerName(ServerAddress server, string? name)
    {
    }

    public void KeepLastServer(ServerAddress? server)
    {
    }

    public void KeepSession(ServerAddress server, Session session)
    {
    }

    public void ForgetSession(ServerAddress server)
    {
    }

    public void KeepPreferences(Preferences preferences)
    {
    }

    public void KeepEmoji(EmojiHabits emoji)
    {
    }

    public void KeepChannelNotifications(IReadOnlyDictionary<string, RoomNotifications> wishes)
    {
    }

    public void KeepDrafts(IReadOnlyDictionary<string, string> drafts)
    {
    }

    public void KeepPin(ServerAddress server, Fingerprint pin)
    {
    }
}
