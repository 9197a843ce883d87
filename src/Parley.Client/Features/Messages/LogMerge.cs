using System.Collections.Immutable;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Messages;

/// <summary>Puts events into a log, wherever they belong: at its end, before its start, into a gap, over what is there.</summary>
internal static class LogMerge
{
    /// <summary>The log that is known to reach at least to <paramref name="lastNumber"/>.</summary>
    internal static ChannelLog WithLastNumber(ChannelLog log, long lastNumber) =>
        lastNumber <= log.LastNumber ? log : log with { LastNumber = lastNumber };

    /// <summary>The log with these events in it; the same object where it has them already.</summary>
    /// <param name="log">What is held.</param>
    /// <param name="events">By number, ascending. Should a server leave a gap, it is known as one.</param>
    internal static ChannelLog Add(ChannelLog log, IReadOnlyList<ChannelEvent> events)
    {
        for (var start = 0; start < events.Count;)
        {
            var end = start + 1;
            while (end < events.Count && events[end].Number == events[end - 1].Number + 1)
                end++;
            log = AddRun(log, [.. events.Skip(start).Take(end - start)]);
            start = end;
        }

        return log;
    }

    /// <summary>The log with only the wanted numbers in memory. What it lets go of is still held where there is a mirror.</summary>
    internal static ChannelLog Keep(ChannelLog log, ImmutableArray<NumberRange> wanted, bool isMirrored)
    {
        ImmutableArray<LogRun> runs =
        [
            .. from run in log.Runs
               from range in wanted
               let first = Math.Max(run.First, range.First)
               let last = Math.Min(run.Last, range.Last)
               where first <= last
               select first == run.First && last == run.Last ? run : new LogRun(first, run.Events.GetRange((int)(first - run.First), (int)(last - first + 1))),
        ];
        return log with { Runs = runs, Held = isMirrored ? log.Held : [.. runs.Select(run => new NumberRange(run.First, run.Last))] };
    }

    private static ChannelLog AddRun(ChannelLog log, ImmutableArray<ChannelEvent> events)
    {
        var (first, last) = (events[0].Number, events[^1].Number);
        var lastNumber = Math.Max(log.LastNumber, last);

        // The runs that the new one overlaps or touches stand side by side, from "from" to before "to".
        var from = 0;
        while (from < log.Runs.Length && log.Runs[from].Last < first - 1)
            from++;
        var to = from;
        while (to < log.Runs.Length && log.Runs[to].First <= last + 1)
            to++;

        if (to == from + 1 && Holds(log.Runs[from], events))
            return WithLastNumber(log, lastNumber);
        var run = from == to ? new LogRun(first, [.. events]) : Join(log.Runs[from], events, log.Runs[to - 1]);
        return log with
        {
            LastNumber = lastNumber,
            Runs = log.Runs.RemoveRange(from, to - from).Insert(from, run),
            Held = NumberRanges.Add(log.Held, first, last),
        };
    }

    private static bool Holds(LogRun run, ImmutableArray<ChannelEvent> events) =>
        run.First <= events[0].Number && run.Last >= events[^1].Number && events.All(e => run[e.Number] == e);

    // What is new counts: a history page tells what a message says now.
    private static LogRun Join(LogRun left, ImmutableArray<ChannelEvent> events, LogRun right)
    {
        var (first, last) = (events[0].Number, events[^1].Number);
        var before = (int)Math.Max(0, first - left.First);
        var after = (int)Math.Max(0, right.Last - last);
        if (before == left.Events.Count && after == 0)
            return left with { Events = left.Events.AddRange(events) };
        if (before == 0 && after == right.Events.Count)
            return new LogRun(first, right.Events.InsertRange(0, events));
        var joined = left.Events.GetRange(0, before).AddRange(events).AddRange(right.Events.GetRange(right.Events.Count - after, after));
        return new LogRun(Math.Min(first, left.First), joined);
    }
}
