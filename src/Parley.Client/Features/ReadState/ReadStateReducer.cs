using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.ReadState;

/// <summary>
/// What is unread is a function of the log and the read position, here as on the server: the messages and actions of others after the position, the
/// deleted ones, too. Where the client does not hold all of that part of the log, the server's count stands, and what comes live is counted on top.
/// Mentions are always the server's count with live ones on top: a mention counts when a message is said or edited, and its present content does not show it.
/// </summary>
internal static class ReadStateReducer
{
    private const int Max = Protocol.Features.ReadState.MaxUnread;

    internal static ChatState Apply(ChatState state, ReadMoved moved)
    {
        var told = new ReadPosition(moved.Number, moved.Unread, moved.Mentions);
        return With(state, moved.ChannelId, Merge(state.ReadPositionOf(moved.ChannelId), told, state.LogOf(moved.ChannelId), state.User?.Id));
    }

    /// <summary>
    /// The user has read up to <paramref name="number"/> in this window; the server hears of it later, and answers how often the user is meant after that.
    /// Until then it is as often as what is held says.
    /// </summary>
    internal static ChatState MarkRead(ChatState state, ChannelId id, long number)
    {
        var log = state.LogOf(id);
        var known = state.ReadPositionOf(id);
        number = Math.Min(number, log.LastNumber);
        if (number <= known.Number)
            return state;
        if (number == log.LastNumber)
            return With(state, id, new ReadPosition(number, 0));
        var moved = Recount(known with { Number = number }, log, state.User?.Id);
        return With(state, id, MessagesAfter(log, number) is { } after
            ? moved with { Mentions = Math.Min(known.Mentions, after.Count(message => IsMentioned(message.Mentions, state.User?.Id))) }
            : moved);
    }

    /// <summary>The position after a live event that the log already holds, and that was not heard before.</summary>
    internal static ReadPosition AfterLive(ReadPosition position, RoomLog log, ChannelEvent latest, UserId? user)
    {
        var isSaid = EventKind.IsSaid(latest.Kind);
        var means = IsMentioned(isSaid ? latest.Mentions : latest.NewMentions, user);
        if (latest.Number <= position.Number || (!means && !(isSaid && position.Unread < Max))) // At the maximum a busy room is not counted again.
            return position;
        var unread = Unread(log, position.Number, user) ?? position.Unread + (isSaid && latest.AuthorId != user ? 1 : 0);
        var next = position with { Unread = Math.Min(Max, unread), Mentions = Math.Min(Max, position.Mentions + (means ? 1 : 0)) };
        return next == position ? position : next;
    }

    /// <summary>The position where more of the log came into memory: what is held after it counts.</summary>
    internal static ReadPosition Recount(ReadPosition position, RoomLog log, UserId? user) =>
        Unread(log, position.Number, user) is { } unread && unread != position.Unread ? position with { Unread = unread } : position;

    /// <summary>
    /// The position that the server tells, put over the one that is known: it never goes back, and what this window has read but not yet told stays read.
    /// </summary>
    internal static ReadPosition Merge(ReadPosition known, ReadPosition told, RoomLog log, UserId? user)
    {
        var position = told.Number >= known.Number
            ? told
            : known with { Unread = Math.Min(known.Unread, told.Unread), Mentions = Math.Min(known.Mentions, told.Mentions) };
        position = Recount(position, log, user);
        return position == known ? known : position;
    }

    private static int? Unread(RoomLog log, long number, UserId? user) =>
        number >= log.LastNumber ? 0 : MessagesAfter(log, number) is { } after ? Math.Min(Max, after.Count(message => message.AuthorId != user)) : null;

    // The messages after a number; null where not all of that part of the log is held.
    private static IEnumerable<Message>? MessagesAfter(RoomLog log, long number) =>
        log.LatestRun is { } run && run.First <= number + 1 ? log.MessagesIn(run, number + 1, run.Last) : null;

    private static bool IsMentioned(UserIds? mentions, UserId? user) => user is { } id && mentions?.Contains(id) == true;

    private static ChatState With(ChatState state, ChannelId id, ReadPosition position) =>
        ReferenceEquals(position, state.ReadPositionOf(id)) ? state : state with { ReadPositions = state.ReadPositions.SetItem(id, position) };
}
