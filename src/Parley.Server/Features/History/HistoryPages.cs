using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Features.History;

/// <summary>Pages of one channel's log, from one state of the data: messages are as they are at the channel's last number, which each page names.</summary>
/// <param name="db">Where to look.</param>
/// <param name="channel">Whose log.</param>
/// <param name="viewer">Who asks.</param>
/// <param name="limit">The most events of a page.</param>
internal sealed class HistoryPages(DatabaseConnection db, ChannelRow channel, UserId viewer, int limit)
{
    // Changes have no row, and there may be very many: at most so many events are passed over at a time. What was found is then a page that says how far it
    // goes.
    private const int Stretch = 20_000;
    private const int MostStretches = 10;

    /// <summary>Events above a number.</summary>
    public HistoryPage After(long number)
    {
        var page = FrameBudget.Take(Complete(MessageStore.After(db, channel.Id, number, limit)));
        return Page(page, page.Count > 0 && page[^1].Number < channel.LastNumber);
    }

    /// <summary>Events just below a number.</summary>
    public HistoryPage Before(long number)
    {
        var page = FrameBudget.Take(Complete(MessageStore.Before(db, channel.Id, number, limit)));
        page.Reverse();
        return Page(page, page.Count > 0 && page[0].Number > 1);
    }

    /// <summary>Messages alone, above a number.</summary>
    public HistoryPage RowsAfter(long number)
    {
        var found = Upwards(number, MessageStore.RowsUpTo, out var end);
        var page = Fitting(found);
        var last = page.Count < found.Count ? page[^1].Number : end;
        return Page(page, last < channel.LastNumber) with { Covers = Covering(number + 1, last) };
    }

    /// <summary>Messages alone, just below a number.</summary>
    public HistoryPage RowsBefore(long number)
    {
        var top = Math.Min(number, channel.LastNumber + 1);
        List<ChannelEvent> found = [];
        var end = top;
        for (var i = 0; i < MostStretches && found.Count == 0 && end > 1; i++)
        {
            end = Math.Max(1, end - Stretch);
            found = MessageStore.RowsDownTo(db, channel.Id, top, end, limit + 1);
        }

        var page = Fitting(found);
        var first = page.Count < found.Count ? page[^1].Number : end;
        page.Reverse();
        return Page(page, first > 1) with { Covers = Covering(first, top - 1) };
    }

    /// <summary>Messages that were touched above a number, by the event that touched them last.</summary>
    public HistoryPage ChangedAfter(long number)
    {
        var found = Upwards(number, MessageStore.ChangedUpTo, out var end);
        var page = Fitting(found);
        var last = page.Count < found.Count ? page[^1].Changed ?? page[^1].Number : end;
        return Page(page, last < channel.LastNumber) with { Covers = Covering(number + 1, last) };
    }

    // One more than fits shows that it goes on.
    private List<ChannelEvent> Upwards(long number, Func<DatabaseConnection, ChannelId, long, long, int, List<ChannelEvent>> read, out long end)
    {
        List<ChannelEvent> found = [];
        end = Math.Min(number, channel.LastNumber);
        for (var i = 0; i < MostStretches && found.Count == 0 && end < channel.LastNumber; i++)
        {
            end = Math.Min(channel.LastNumber, end + Stretch);
            found = read(db, channel.Id, number, end, limit + 1);
        }

        return found;
    }

    private List<ChannelEvent> Fitting(List<ChannelEvent> found) => FrameBudget.Take(Complete(found.Count > limit ? found.GetRange(0, limit) : found));

    private List<ChannelEvent> Complete(List<ChannelEvent> page) => HistoryRows.Complete(db, channel.Id, viewer, page);

    private HistoryPage Page(List<ChannelEvent> events, bool more) => new(channel.Id, events, channel.LastNumber, more) { AsOf = channel.LastNumber };

    private static CoveredNumbers? Covering(long first, long last) => first <= last ? new CoveredNumbers(first, last) : null;
}
