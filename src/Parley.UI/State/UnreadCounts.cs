using Parley.Client;
using Parley.Client.Features.Channels;
using Parley.Client.Features.ReadState;

namespace Parley.UI.State;

/// <summary>How much is unread, as badges show it.</summary>
/// <param name="Unread">Messages of others; none where it is muted.</param>
/// <param name="ForMe">Messages for this user: mentions, and every message of a conversation.</param>
public readonly record struct UnreadCounts(int Unread, int ForMe)
{
    /// <summary>Whether there is anything to show.</summary>
    public bool IsUnread => Unread > 0 || ForMe > 0;

    /// <summary>Both together.</summary>
    public static UnreadCounts operator +(UnreadCounts left, UnreadCounts right) => left.Add(right);

    /// <summary>Both together.</summary>
    public UnreadCounts Add(UnreadCounts other) => new(Unread + other.Unread, ForMe + other.ForMe);

    /// <summary>Of one room. Of a muted one only mentions are told.</summary>
    public static UnreadCounts Of(ReadPosition position, bool isChannel, bool isMuted)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new UnreadCounts(isMuted ? 0 : position.Unread, isChannel || isMuted ? position.Mentions : position.Unread);
    }

    /// <summary>Of everything that an account sees.</summary>
    public static UnreadCounts Of(ChatClient client, NotificationStore notifications)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(notifications);
        var state = client.Store.State;
        var counts = default(UnreadCounts);
        foreach (var room in state.Rooms)
            counts += Of(state.ReadPositionOf(room.Id), room is Channel, notifications.IsMuted(client, room.Id));
        return counts;
    }
}
