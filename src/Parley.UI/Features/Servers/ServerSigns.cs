using Parley.Client;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.UI.Features.Servers;

/// <summary>What the rail tells of a server.</summary>
/// <param name="Standing">How the account stands with it.</param>
/// <param name="HasUnread">Whether anything at all is unread.</param>
/// <param name="ForMe">How many unread messages are for this person: direct ones, and those that mention them.</param>
public readonly record struct ServerSigns(ServerStanding Standing, bool HasUnread, int ForMe)
{
    /// <summary>Of a server that nobody is logged in to.</summary>
    public static ServerSigns LoggedOut { get; } = new(ServerStanding.LoggedOut, HasUnread: false, ForMe: 0);

    /// <summary>Of an account.</summary>
    /// <param name="client">Its client.</param>
    /// <param name="book">What is muted.</param>
    /// <param name="before">How it stood before: a try to connect changes nothing of that, or the sign would flicker at each one.</param>
    public static ServerSigns Of(ChatClient client, NotificationBook book, ServerStanding before)
    {
        ArgumentNullException.ThrowIfNull(client);
        var state = client.Store.State;
        var standing = state.Connection switch
        {
            ConnectionStatus.Connected => ServerStanding.Connected,
            ConnectionStatus.Connecting => before,
            _ => ServerStanding.Disconnected,
        };
        var signs = UnreadSigns.Of(client, book);
        return new ServerSigns(standing, signs.IsUnread, signs.ForMe);
    }
}

/// <summary>How an account stands with its server.</summary>
public enum ServerStanding
{
    /// <summary>What comes is live.</summary>
    Connected,

    /// <summary>A first connection is being made.</summary>
    Connecting,

    /// <summary>There is no connection; most likely the next try is due by itself.</summary>
    Disconnected,

    /// <summary>Nobody is logged in there.</summary>
    LoggedOut,
}
