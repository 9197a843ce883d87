using Parley.Client.Connection;
using Parley.Client.State;

namespace Parley.UI.Features.Servers;

/// <summary>What the rail tells of a server.</summary>
/// <param name="Standing">How the account stands with it.</param>
/// <param name="HasUnread">Whether anything at all is unread.</param>
/// <param name="ForMe">How many unread messages are for this person: direct ones, and those that mention them.</param>
public readonly record struct ServerSigns(ServerStanding Standing, bool HasUnread, int ForMe)
{
    /// <summary>Of a server that nobody is logged in to.</summary>
    public static ServerSigns LoggedOut { get; } = new(ServerStanding.LoggedOut, HasUnread: false, ForMe: 0);

    /// <summary>What a state comes to.</summary>
    public static ServerSigns Of(ChatState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var standing = state.Connection switch
        {
            ConnectionStatus.Connected => ServerStanding.Connected,
            // What is there in a moment is no news: the sign would only flicker at each start.
            ConnectionStatus.Connecting when state.User is null => ServerStanding.Connecting,
            _ => ServerStanding.Disconnected,
        };
        var direct = state.Conversations.Sum(conversation => state.ReadPositionOf(conversation.Id).Unread);
        var mentions = state.Channels.Sum(channel => state.ReadPositionOf(channel.Id).Mentions);
        return new ServerSigns(standing, state.ReadPositions.Values.Any(position => position.Unread > 0), direct + mentions);
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
