using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.UI.Features.Messages;

/// <summary>Turns a stretch of a log into rows: groups, lines between days, the line above what is new. Pure.</summary>
internal sealed class MessageListRows
{
    /// <summary>Messages of one author within this time of the group's first stand as one group.</summary>
    internal static readonly TimeSpan GroupSpan = TimeSpan.FromMinutes(5);

    // How far above the window a group's first message is looked for; a group is rarely longer, and then it starts once more.
    private const int GroupLookBack = 200;

    private readonly List<MessageListRow> _rows = [];
    private readonly TimeZoneInfo _zone;
    private UserId? _groupAuthor;
    private DateTimeOffset _groupStart;
    private DateOnly? _day;

    private MessageListRows(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The rows for the events <paramref name="first"/> to <paramref name="last"/> of a run, and for what is on its way after them.</summary>
    /// <param name="run">Holds the window; null where nothing is held.</param>
    /// <param name="first">The first number of the window.</param>
    /// <param name="last">The last number of the window.</param>
    /// <param name="newAbove">The number above which all is new; null where nothing is.</param>
    /// <param name="pending">What is on its way; empty where the window does not reach the present.</param>
    /// <param name="self">Who wrote that.</param>
    /// <param name="zone">The reader's time zone.</param>
    internal static IReadOnlyList<MessageListRow> Build(
        LogRun? run, long first, long last, long? newAbove, ImmutableArray<PendingMessage> pending, SelfState? self, TimeZoneInfo zone)
    {
        var rows = new MessageListRows(zone);
        if (run is not null)
        {
            rows.StartAbove(run, first);
            for (var number = first; number <= last; number++)
            {
                if (number - 1 == newAbove)
                    rows.AddNewDivider();
                rows.Add(run[number]);
            }
        }

        foreach (var message in pending)
            rows.Add(message, self);
        return rows._rows;
    }

    internal DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, _zone).DateTime);

    // Whether the window's first message continues a group depends on what stands above it, so that rows look the same wherever the window begins.
    private void StartAbove(LogRun run, long first)
    {
        var start = first;
        while (start > run.First && first - start < GroupLookBack && IsShown(run[start - 1]) && run[start - 1].AuthorId == run[first].AuthorId)
            start--;
        if (start == first)
            return;
        for (var number = start; number < first; number++)
            Add(run[number]);
        _rows.Clear();
    }

    private static bool IsShown(ChannelEvent entry) => entry.Kind is EventKind.Message or EventKind.Action;

    private void Add(ChannelEvent entry)
    {
        // A kind that this client does not know: its number counts, and it shows nothing.
        if (!IsShown(entry))
            return;
        AddDay(entry.Timestamp);
        _rows.Add(new MessageListRow.Said(entry, StartsGroup(entry.AuthorId, entry.Timestamp, entry.Kind == EventKind.Action)));
    }

    private void Add(PendingMessage message, SelfState? self)
    {
        AddDay(message.WrittenAt);
        _rows.Add(new MessageListRow.OnItsWay(message, StartsGroup(self?.Id ?? default, message.WrittenAt, message.Kind == MessageKind.Action)));
    }

    private void AddDay(DateTimeOffset time)
    {
        var day = DayOf(time);
        if (_day == day)
            return;
        _day = day;
        _groupAuthor = null;
        _rows.Add(new MessageListRow.Day(day, 1 + _rows.Count(row => row is MessageListRow.Day other && other.Date == day)));
    }

    private void AddNewDivider()
    {
        _groupAuthor = null;
        _rows.Add(new MessageListRow.NewDivider());
    }

    // An action is a sentence of its own: it neither continues a group nor starts one that others continue.
    private bool StartsGroup(UserId author, DateTimeOffset time, bool isAction)
    {
        if (!isAction && _groupAuthor == author && time - _groupStart <= GroupSpan)
            return false;
        _groupAuthor = isAction ? null : author;
        _groupStart = time;
        return true;
    }
}
