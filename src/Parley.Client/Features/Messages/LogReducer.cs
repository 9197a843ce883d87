using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>Puts messages and changes into a log: at its end, before its start, into a gap, or over what is held. Pure.</summary>
internal static class LogReducer
{
    /// <summary>The log, known to reach at least to <paramref name="lastNumber"/>.</summary>
    internal static RoomLog WithLastNumber(RoomLog log, long lastNumber) =>
        lastNumber <= log.LastNumber ? log : log with { LastNumber = lastNumber };

    /// <summary>The log after a snapshot (<c>ready</c>, a list of rooms) told its last number; every later event arrives live.</summary>
    internal static RoomLog AfterSnapshot(RoomLog log, long lastNumber)
    {
        if (lastNumber <= log.Changes.Last)
            return log;
        var told = log with { LastNumber = Math.Max(log.LastNumber, lastNumber), Changes = RecentChanges.From(lastNumber) };
        if (log.Held.IsEmpty)
            return told with { AsOf = lastNumber, IsBehind = false, Collected = null };
        return lastNumber > log.AsOf ? told with { IsBehind = true } : told;
    }

    /// <summary>The log's <c>AsOf</c>, <c>IsBehind</c> and <c>Changes</c> after a live event.</summary>
    internal static RoomLog AfterLive(RoomLog log, ChannelEvent live)
    {
        var changes = log.Changes.After(live);
        if (ReferenceEquals(changes, log.Changes))
            return log;
        var isNext = live.Number <= log.AsOf + 1 || log.Held.IsEmpty;
        return log with
        {
            Changes = changes,
            IsBehind = log.IsBehind || !isNext,
            AsOf = !log.IsBehind && isNext ? Math.Max(log.AsOf, live.Number) : log.AsOf,
        };
    }

    /// <summary>The log's <c>AsOf</c> and <c>IsBehind</c> after a page; the page's messages are put in by <see cref="Apply"/>.</summary>
    internal static RoomLog AfterPage(RoomLog log, HistoryPage page, ReadHistory? ask)
    {
        var next = WithLastNumber(log, page.LastNumber);
        if (page.AsOf is not { } asOf) // A server without changes: what is held is up to date.
            return next.IsBehind ? next with { IsBehind = false, AsOf = Math.Max(next.AsOf, page.LastNumber), Collected = null } : next;
        if (ask?.ChangedAfter is not { } after || !next.IsBehind || after != next.AsOf || !LogUpdate.IsUsable(log, page))
            return next;
        var end = page.Covers?.Last ?? (page.Events is [.., var last] ? last.Changed ?? last.Number : after);
        return page.More
            ? next with { AsOf = end, Collected = Collect(next.Collected, page) }
            : next with { AsOf = Math.Max(asOf, next.Changes.Last), IsBehind = false, Collected = null };
    }

    /// <summary>The log with an update put in; the same object where it has all of it already.</summary>
    internal static RoomLog Apply(RoomLog log, LogUpdate update, UserId? self)
    {
        if (update.IsEmpty)
            return log;
        var rows = update.Messages.Where(m => !m.IsQuote).OrderBy(m => m.Number).Select(m => new LogRow(m.Number, m.Id)).ToList();
        var next = update.Covers.Aggregate(log, (covered, range) => Cover(covered, range, rows));
        var messages = Put(next, update.Messages);
        if (update.Change is { } change && messages.TryGetValue(change.MessageId, out var changed) && changed.After(change, self) is var after && !ReferenceEquals(after, changed))
            messages = messages.SetItem(change.MessageId, after);
        return messages == log.Messages ? next : next with { Messages = messages };
    }

    /// <summary>The log with only the wanted numbers in memory. With a mirror, the others are still held.</summary>
    internal static RoomLog Trim(RoomLog log, ImmutableArray<NumberRange> wanted, bool isMirrored)
    {
        ImmutableArray<LogRun> runs =
        [
            .. from run in log.Runs
               from range in wanted
               let first = Math.Max(run.First, range.First)
               let last = Math.Min(run.Last, range.Last)
               where first <= last
               select first == run.First && last == run.Last ? run : new LogRun(first, last, Between(run, first, last)),
        ];
        var messages = ImmutableDictionary.CreateBuilder<MessageId, Message>();
        foreach (var message in runs.SelectMany(run => run.Rows).Select(row => log[row]))
            messages[message.Id] = message;
        foreach (var quoted in messages.Values.Select(m => m.ReplyTo).OfType<MessageId>().ToList())
        {
            if (!messages.ContainsKey(quoted) && log.Messages.TryGetValue(quoted, out var message))
                messages[quoted] = message.AsQuote();
        }

        return log with
        {
            Runs = runs,
            Messages = messages.ToImmutable(),
            Held = isMirrored ? log.Held : [.. runs.Select(run => new NumberRange(run.First, run.Last))],
        };
    }

    private static CatchUpRows? Collect(CatchUpRows? collected, HistoryPage page)
    {
        if (collected is null)
            return null;
        var messages = collected.Messages.ToBuilder();
        foreach (var told in page.Events.Where(e => e.Number > collected.From && EventKind.IsSaid(e.Kind)))
        {
            messages[told.MessageId] = Message.FromWire(told);
            if (told.ReplyTo is { } quoted && messages.GetValueOrDefault(quoted.MessageId) is null or { IsQuote: true })
                messages[quoted.MessageId] = Message.FromWire(quoted, page.AsOf ?? page.LastNumber);
        }

        return messages.Count > collected.Most ? null : collected with { Messages = messages.ToImmutable() };
    }

    // Messages whose numbers are held become rows; the messages that they answer are kept as quotes.
    private static ImmutableDictionary<MessageId, Message> Put(RoomLog log, ImmutableArray<Message> told)
    {
        var messages = log.Messages.ToBuilder();
        var quoted = new HashSet<MessageId>();
        foreach (var message in told.Where(m => !m.IsQuote))
        {
            if (log.RunOf(message.Number) is not null)
            {
                if (message.ReplyTo is { } answered)
                    quoted.Add(answered);
                if (messages.GetValueOrDefault(message.Id) != message)
                    messages[message.Id] = message;
            }
            else if (messages.ContainsKey(message.Id))
            {
                messages[message.Id] = message.AsQuote();
            }
        }

        foreach (var quote in told)
        {
            var known = messages.GetValueOrDefault(quote.Id);
            if (known is null ? quoted.Contains(quote.Id) : quote.IsQuote && known.IsQuote && quote.Changed > known.Changed)
                messages[quote.Id] = quote.AsQuote();
        }

        return messages.ToImmutable();
    }

    private static RoomLog Cover(RoomLog log, NumberRange range, List<LogRow> told)
    {
        var (first, last) = (range.First, range.Last);
        var rows = told.Where(row => range.Contains(row.Number)).ToImmutableList();
        var lastNumber = Math.Max(log.LastNumber, last);

        var (from, to) = NumberRanges.Touching(log.Runs, run => new NumberRange(run.First, run.Last), first, last);
        if (to == from + 1 && log.Runs[from] is var known && known.First <= first && known.Last >= last && known.RowsIn(first, last).SequenceEqual(rows))
            return WithLastNumber(log, lastNumber);
        var run = from == to ? new LogRun(first, last, rows) : Join(log.Runs[from], range, rows, log.Runs[to - 1]);
        return log with
        {
            LastNumber = lastNumber,
            Runs = log.Runs.RemoveRange(from, to - from).Insert(from, run),
            Held = NumberRanges.Add(log.Held, first, last),
        };
    }

    // Within the range the new rows replace the known ones.
    private static LogRun Join(LogRun left, NumberRange range, ImmutableList<LogRow> rows, LogRun right)
    {
        var (first, last) = (Math.Min(range.First, left.First), Math.Max(range.Last, right.Last));
        if (left.Last < range.First && ReferenceEquals(left, right))
            return new LogRun(first, last, left.Rows.AddRange(rows));
        if (right.First > range.Last && ReferenceEquals(left, right))
            return new LogRun(first, last, right.Rows.InsertRange(0, rows));
        var before = left.Rows.GetRange(0, left.IndexFrom(range.First));
        var after = right.IndexFrom(range.Last + 1);
        return new LogRun(first, last, before.AddRange(rows).AddRange(right.Rows.GetRange(after, right.Rows.Count - after)));
    }

    private static ImmutableList<LogRow> Between(LogRun run, long first, long last)
    {
        var from = run.IndexFrom(first);
        return run.Rows.GetRange(from, run.IndexFrom(last + 1) - from);
    }
}
