using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>What the logs and the messages in them say.</summary>
internal static class MessageStore
{
    /// <summary>How many of the latest messages a client of level 1 gets when it joins a channel.</summary>
    private const int FirstLook = 50;

    private const string EventsAfter = $"{HistoryRows.Columns} WHERE e.channel_id = @channel AND e.number > @number ORDER BY e.number LIMIT @limit";
    private const string EventsBefore = $"{HistoryRows.Columns} WHERE e.channel_id = @channel AND e.number < @number ORDER BY e.number DESC LIMIT @limit";

    private const string RowsAfter = $"""
        {HistoryRows.Columns} WHERE e.channel_id = @channel AND e.number > @number AND e.number <= @end AND e.kind IN ('message', 'action')
        ORDER BY e.number LIMIT @limit
        """;

    private const string RowsBefore = $"""
        {HistoryRows.Columns} WHERE e.channel_id = @channel AND e.number < @number AND e.number >= @end AND e.kind IN ('message', 'action')
        ORDER BY e.number DESC LIMIT @limit
        """;

    private const string LatestMessages = $"""
        {HistoryRows.Columns} WHERE e.channel_id = @channel AND e.kind IN ('message', 'action') AND m.deleted_at IS NULL ORDER BY e.number DESC LIMIT @limit
        """;

    // Each message once: at the event that touched it last.
    private const string ChangedAfterNumber = $"""
        {HistoryRows.ColumnsOfMessages} WHERE x.channel_id = @channel AND x.number > @number AND x.number <= @end AND COALESCE(m.changed, m.number) = x.number
        ORDER BY x.number LIMIT @limit
        """;

    public static long LastNumber(DatabaseConnection db, ChannelId channel) =>
        db.Prepare("SELECT last_number FROM channels WHERE id = @channel").Set("@channel", channel.Value).Integer() ?? 0;

    /// <summary>The latest message of all; 0 before the first. Ids rise in the order of the commits.</summary>
    public static long LastId(DatabaseConnection db) => db.Prepare("SELECT MAX(id) FROM messages").Integer() ?? 0;

    /// <summary>Events above a number, oldest first.</summary>
    public static List<ChannelEvent> After(DatabaseConnection db, ChannelId channel, long number, int limit) =>
        Page(db.Prepare(EventsAfter), channel, number, limit);

    /// <summary>The events just below a number, newest first.</summary>
    public static List<ChannelEvent> Before(DatabaseConnection db, ChannelId channel, long number, int limit) =>
        Page(db.Prepare(EventsBefore), channel, number, limit);

    /// <summary>Messages alone above a number and up to another, oldest first.</summary>
    public static List<ChannelEvent> RowsUpTo(DatabaseConnection db, ChannelId channel, long number, long end, int limit) =>
        Page(db.Prepare(RowsAfter).Set("@end", end), channel, number, limit);

    /// <summary>Messages alone below a number and down to another, newest first.</summary>
    public static List<ChannelEvent> RowsDownTo(DatabaseConnection db, ChannelId channel, long number, long end, int limit) =>
        Page(db.Prepare(RowsBefore).Set("@end", end), channel, number, limit);

    /// <summary>Messages that an event above a number and up to another touched last, by that event.</summary>
    public static List<ChannelEvent> ChangedUpTo(DatabaseConnection db, ChannelId channel, long number, long end, int limit) =>
        Page(db.Prepare(ChangedAfterNumber).Set("@end", end), channel, number, limit);

    /// <summary>
    /// The number of the last event before a time, by bisection; 0 where there is none. If the server's clock was set back, a log may pass that time more than
    /// once: then any of these places may be found. The event after it is of that time or later in any case.
    /// </summary>
    /// <param name="db">Where to look.</param>
    /// <param name="channel">Whose log.</param>
    /// <param name="at">The time, in microseconds.</param>
    /// <param name="lastNumber">The number of the channel's latest event.</param>
    public static long LastBefore(DatabaseConnection db, ChannelId channel, long at, long lastNumber)
    {
        // Numbers have no gaps and mostly rise with the times, so bisection by the primary key takes 20 reads in a million events. An index on the times would
        // always find the first of several places, at the cost of a second B-tree for every stored message.
        var (low, high) = (0L, lastNumber);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var time = db.Prepare("SELECT at FROM events WHERE channel_id = @channel AND number = @number")
                .Set("@channel", channel.Value)
                .Set("@number", middle)
                .Integer();
            if (time < at)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>The last 50 messages and actions that are not deleted, oldest first, as many as fit a frame.</summary>
    public static List<ChannelEvent> Latest(DatabaseConnection db, ChannelId channel)
    {
        var latest = db.Prepare(LatestMessages)
            .Set("@channel", channel.Value)
            .Set("@limit", FirstLook)
            .All(HistoryRows.Read);
        var fitting = FrameBudget.Take(latest);
        fitting.Reverse();
        return fitting;
    }

    private static List<ChannelEvent> Page(Statement statement, ChannelId channel, long number, int limit) =>
        statement.Set("@channel", channel.Value).Set("@number", number).Set("@limit", limit).All(HistoryRows.Read);
}
