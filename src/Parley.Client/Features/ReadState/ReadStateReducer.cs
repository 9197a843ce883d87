using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.ReadState;

/// <summary>
/// What is unread is a function of the log and the read position, here as on the server: the messages and actions of others above the position, the
/// deleted ones, too, and among them the ones that mean the user. Where the client does not hold all of that part of the log, the server's counts stand, and what comes live is
/// counted on top.
/// </summary>
internal static class ReadStateReducer
{
    private const int Max = Protocol.Features.ReadState.MaxUnread;

    internal static ChatState Apply(ChatState state, ReadMoved moved)
    {
        var told = new ReadPosition(moved.Number, moved.Unread, moved.Mentions);
        return With(state, moved.ChannelId, Merge(state.ReadPositionOf(moved.ChannelId), told, state.LogOf(moved.ChannelId), state.User?.Id));
    }

    /// <summary>The user has read up to <paramref name="number"/> in this window; the server hears of it later.</summary>
    internal static ChatState MarkRead(ChatState state, ChannelId id, long number)
    {
        var log = state.LogOf(id);
        var known = state.ReadPositionOf(id);
        number = Math.Min(number, log.LastNumber);
        if (number <= known.Number)
            return state;
        return With(state, id, Count(log, number, state.User?.Id) ?? known with { Number = number });
    }

    /// <summary>The position after a live event that says something, and that the log already holds.</summary>
    internal static ReadPosition AfterSaid(ReadPosition position, RoomLog log, ChannelEvent latest, UserId? user)
    {
        // A busy room far above the bound is not counted again for each message, but for the few that mean the user.
        if (latest.Number <= position.Number || (position.Unread >= Max && !Means(latest, user)))
            return position;
        var counted = Count(log, position.Number, user) ?? new ReadPosition(
            position.Number, Math.Min(Max, position.Unread + (Counts(latest, user) ? 1 : 0)), Math.Min(Max, position.Mentions + (Means(latest, user) ? 1 : 0)));
        return counted == position ? position : counted;
    }

    /// <summary>The position after a change of a message: one that was edited may mean others, and one that was deleted means nobody.</summary>
    /// <param name="position">What was so before.</param>
    /// <param name="before">The message before; null where it is not in memory. Then nobody here knows whether it was counted, and the server's next count stands.</param>
    /// <param name="log">The log with the change.</param>
    /// <param name="user">Who reads.</param>
    internal static ReadPosition AfterChange(ReadPosition position, Message? before, RoomLog log, UserId? user)
    {
        if (before is not { IsQuote: false } || before.Number <= position.Number || log.Messages.GetValueOrDefault(before.Id) is not { } now)
            return position;
        if (Count(log, position.Number, user) is { } counted)
            return counted == position ? position : counted;
        var unread = position.Unread >= Max ? Max : position.Unread + Counted(now, user) - Counted(before, user);
        var mentions = position.Mentions >= Max ? Max : position.Mentions + Meant(now, user) - Meant(before, user);
        return position with { Unread = Math.Max(0, unread), Mentions = Math.Max(0, mentions) };
    }

    /// <summary>The position where more of the log came into memory: what is held above it counts.</summary>
    internal static ReadPosition Recount(ReadPosition position, RoomLog log, UserId? user) =>
        Count(log, position.Number, user) is { } counted && counted != position ? counted : position;

    /// <summary>The position that the server tells, put over the one that is known: it never goes back, and what this window has read but not yet told stays read.</summary>
    internal static ReadPosition Merge(ReadPosition known, ReadPosition told, RoomLog log, UserId? user)
    {
        var position = told.Number >= known.Number
            ? Count(log, told.Number, user) ?? told
            : Count(log, known.Number, user) ?? new ReadPosition(known.Number, Math.Min(known.Unread, told.Unread), Math.Min(known.Mentions, told.Mentions));
        return position == known ? known : position;
    }

    /// <summary>The position at <paramref name="number"/> with what lies above it counted; null where not all of that part is held.</summary>
    internal static ReadPosition? Count(RoomLog log, long number, UserId? user)
    {
        if (number >= log.LastNumber)
            return new ReadPosition(number, 0);
        if (log.LatestRun is not { } run || run.First > number + 1)
            return null;
        var (unread, mentions) = (0, 0);
        foreach (var message in log.MessagesIn(run, number + 1, run.Last))
        {
            unread += Counted(message, user);
            mentions += Meant(message, user);
        }

        return new ReadPosition(number, Math.Min(unread, Max), Math.Min(mentions, Max));
    }

    private static int Counted(Message message, UserId? user) => message.AuthorId != user ? 1 : 0;

    private static int Meant(Message message, UserId? user) => user is { } id && message.Mentions?.Contains(id) == true ? 1 : 0;

    private static bool Counts(ChannelEvent e, UserId? user) => e.AuthorId != user && EventKind.IsSaid(e.Kind);

    private static bool Means(ChannelEvent e, UserId? user) => user is { } id && e.Mentions?.Contains(id) == true;

    private static ChatState With(ChatState state, ChannelId id, ReadPosition position) =>
        ReferenceEquals(position, state.ReadPositionOf(id)) ? state : state with { ReadPositions = state.ReadPositions.SetItem(id, position) };
}
