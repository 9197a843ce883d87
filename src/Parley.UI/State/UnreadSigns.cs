using Parley.Client;
using Parley.Client.Features.Channels;
using Parley.Client.Features.ReadState;

namespace Parley.UI.State;

/// <summary>What there is to read, as the screen tells it.</summary>
/// <param name="Unread">Messages of others; none where it is muted.</param>
/// <param name="ForMe">Those that are for this person: mentions, and what is said in a direct conversation.</param>
public readonly record struct UnreadSigns(int Unread, int ForMe)
{
    /// <summary>Whether there is anything to tell.</summary>
    public bool IsUnread => Unread > 0 || ForMe > 0;

    /// <summary>Both together.</summary>
    public static UnreadSigns operator +(UnreadSigns left, UnreadSigns right) => left.Add(right);

    /// <summary>Both together.</summary>
    public UnreadSigns Add(UnreadSigns other) => new(Unread + other.Unread, ForMe + other.ForMe);

    /// <summary>Of one room. Of a muted one only mentions are told.</summary>
    public static UnreadSigns Of(ReadPosition position, bool isChannel, bool isMuted)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new UnreadSigns(isMuted ? 0 : position.Unread, isChannel || isMuted ? position.Mentions : position.Unread);
    }

    /// <summary>Of everything that an account sees.</summary>
    public static UnreadSigns Of(ChatClient client, NotificationBook book)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(book);
        var state = client.Store.State;
        var signs = default(UnreadSigns);
        foreach (var room in state.Rooms)
            signs += Of(state.ReadPositionOf(room.Id), room is Channel, book.IsMuted(client, room.Id));
        return signs;
    }
}
