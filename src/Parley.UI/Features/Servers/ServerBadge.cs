using Parley.Client;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.UI.Features.Servers;

/// <summary>What the rail shows of a server.</summary>
/// <param name="Connection">How the account stands with it.</param>
/// <param name="HasUnread">Whether anything at all is unread.</param>
/// <param name="ForMe">How many unread messages are for this person: direct ones, and those that mention them.</param>
public readonly record struct ServerBadge(ServerConnection Connection, bool HasUnread, int ForMe)
{
    /// <summary>Of a server that nobody is logged in to.</summary>
    public static ServerBadge LoggedOut { get; } = new(ServerConnection.LoggedOut, HasUnread: false, ForMe: 0);

    /// <summary>Of an account.</summary>
    /// <param name="client">Its client.</param>
    /// <param name="notifications">What is muted.</param>
    /// <param name="before">How it stood before: a try to connect changes nothing of that, or the sign would flicker at each one.</param>
    public static ServerBadge Of(ChatClient client, NotificationStore notifications, ServerConnection before)
    {
        ArgumentNullException.ThrowIfNull(client);
        var state = client.Store.State;
        var connection = state.Connection switch
        {
            ConnectionStatus.Connected => ServerConnection.Connected,
            ConnectionStatus.Connecting => before,
            _ => ServerConnection.Disconnected,
        };
        var counts = UnreadCounts.Of(client, notifications);
        return new ServerBadge(connection, counts.IsUnread, counts.ForMe);
    }
}

/// <summary>How an account stands with its server.</summary>
public enum ServerConnection
{
    /// <summary>A first connection is being made. The default, since it is what every account begins with.</summary>
    Connecting,

    /// <summary>What comes is live.</summary>
    Connected,

    /// <summary>There is no connection; most likely the next try is due by itself.</summary>
    Disconnected,

    /// <summary>Nobody is logged in there.</summary>
    LoggedOut,
}
