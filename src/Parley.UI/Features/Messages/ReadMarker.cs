using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Protocol.Wire;
using Parley.UI.Features.Members;
using Parley.UI.Features.Notifications;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Marks the messages of one room as read when the user sees them: the list shows the present, its window has the focus, and the user is there. Used on the
/// window's own dispatcher alone.
/// </summary>
internal sealed class ReadMarker : IDisposable
{
    private readonly ChatClient _client;
    private readonly ChannelId _id;
    private readonly IdleTracker _idle;
    private readonly NotificationWatch _notifications;
    private long _shownNumber;

    /// <summary>Takes the read position at the time when the room is opened.</summary>
    internal ReadMarker(ChatClient client, ChannelId id, IdleTracker idle, NotificationWatch notifications)
    {
        (_client, _id, _idle, _notifications) = (client, id, idle, notifications);
        if (Position is { Unread: > 0 } position)
            NewAfter = position.Number;
    }

    /// <summary>The number before the line above new messages; null where nothing is new.</summary>
    internal long? NewAfter { get; private set; }

    /// <summary>Whether the window that shows the list has the focus.</summary>
    internal bool WindowHasFocus { get; set; }

    private ReadPosition Position => _client.Store.State.ReadPositionOf(_id);

    private bool IsUserPresent => WindowHasFocus && !_idle.IsIdle;

    /// <summary>Moves the line above new messages, where some came while the user was away.</summary>
    internal void MoveLine()
    {
        if (!IsUserPresent && Position is { Unread: > 0 } position && (NewAfter ?? -1) < position.Number)
            NewAfter = position.Number;
    }

    /// <summary>Marks what the window shows as read, where the user sees it.</summary>
    /// <param name="log">The room's log.</param>
    /// <param name="window">What the list shows of it.</param>
    /// <param name="isAtPresent">Whether the list is scrolled to its lower end.</param>
    internal void Update(RoomLog log, LogWindow window, bool isAtPresent)
    {
        var isSeen = IsUserPresent && isAtPresent && window.IsLive;
        _notifications.Watch(this, _client, isSeen ? _id : null);
        if (!isSeen || window.Last <= Position.Number || window.RunIn(log) is not { Rows: [.., var last] })
            return;
        // The server is not told of each change, but of one that mentions the user it is: the badge would stay otherwise.
        if (last.Number > Position.Number || Position.Mentions > 0)
            _client.MarkRead(_id, window.Last);
    }

    /// <summary>The list shows the latest message.</summary>
    internal void OnPresentShown(RoomLog log) => _shownNumber = log.LastNumber;

    /// <summary>
    /// How many messages of others came since the list showed the latest message. Where not all of them are in memory, it is the count of the read position.
    /// </summary>
    internal int UnseenCount(RoomLog log)
    {
        if (_shownNumber <= 0 || _shownNumber >= log.LastNumber)
            return 0;
        if (log.LatestRun is not { } run || run.First > _shownNumber + 1)
            return Position.Unread;
        var user = _client.Store.State.User?.Id;
        return log.MessagesIn(run, _shownNumber + 1, run.Last).Count(message => LogWindow.IsShown(message) && message.AuthorId != user);
    }

    /// <summary>The list is gone.</summary>
    public void Dispose() => _notifications.Watch(this, _client, null);
}
