using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.ReadState;

/// <summary>
/// What is unread is a function of the log and the read position, here as on the server: the messages and actions of others above the position. Where
/// the client does not hold all of that part of the log, the server's count stands, and what comes live is counted on top.
/// </summary>
internal static class ReadStateReducer
{
    private const int Max = Protocol.Features.ReadState.MaxUnread;

    internal static ChatState Apply(ChatState state, ReadMoved moved)
    {
        var position = Merge(state.ReadPositionOf(moved.ChannelId), moved.Number, moved.Unread, state.LogOf(moved.ChannelId), state.User?.Id);
        return With(state, moved.ChannelId, position);
    }

    /// <summary>The user has read up to <paramref name="number"/> in this window; the server hears of it later.</summary>
    internal static ChatState MarkRead(ChatState state, ChannelId id, long number)
    {
        var log = state.LogOf(id);
        var known = state.ReadPositionOf(id);
        number = Math.Min(number, log.LastNumber);
        if (number <= known.Number)
            return state;
        return With(state, id, new ReadPosition(number, Count(log, number, state.User?.Id) ?? known.Unread));
    }

    /// <summary>The position after a live event that the log already holds.</summary>
    internal static ReadPosition After(ReadPosition position, ChannelLog log, ChannelEvent latest, UserId? user)
    {
        if (latest.Number <= position.Number || position.Unread >= Max)
            return position;
        var unread = Count(log, position.Number, user) ?? position.Unread + (Counts(latest, user) ? 1 : 0);
        return unread == position.Unread ? position : position with { Unread = unread };
    }

    /// <summary>The position that the server tells, put over the one that is known: it never goes back, and what this window has read but not yet told stays read.</summary>
    internal static ReadPosition Merge(ReadPosition known, long number, int unread, ChannelLog log, UserId? user)
    {
        var position = number >= known.Number
            ? new ReadPosition(number, Count(log, number, user) ?? unread)
            : new ReadPosition(known.Number, Count(log, known.Number, user) ?? Math.Min(known.Unread, unread));
        return position == known ? known : position;
    }

    /// <summary>The messages and actions of others above <paramref name="number"/>; null where not all of that part is held.</summary>
    internal static int? Count(ChannelLog log, long number, UserId? user)
    {
        if (number >= log.LastNumber)
            return 0;
        if (log.LatestRun is not { } run || run.First > number + 1)
            return null;
        var count = 0;
        for (var n = Math.Max(number + 1, run.First); n <= run.Last && count < Max; n++)
            count += Counts(run[n], user) ? 1 : 0;
        return count;
    }

    private static bool Counts(ChannelEvent e, UserId? user) => e.AuthorId != user && e.Kind is (EventKind.Message or EventKind.Action);

    private static ChatState With(ChatState state, ChannelId id, ReadPosition position) =>
        ReferenceEquals(position, state.ReadPositionOf(id)) ? state : state with { ReadPositions = state.ReadPositions.SetItem(id, position) };
}
