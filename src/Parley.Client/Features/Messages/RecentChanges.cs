using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// The live change events of one room after a number, without a gap. They bring a page up to date that was read before them and arrives after them.
/// </summary>
/// <param name="Floor">Every change above it, up to <paramref name="Last"/>, is in <paramref name="Events"/>.</param>
/// <param name="Last">The number of the last live event, or the last number of the snapshot at the start of the connection.</param>
/// <param name="Events">The changes, by number, ascending.</param>
internal sealed record RecentChanges(long Floor, long Last, ImmutableList<ChannelEvent> Events)
{
    // A page is under way for moments; a thousand changes do not come in that time.
    private const int Most = 1_000;

    /// <summary>No live event has come yet.</summary>
    internal static RecentChanges None { get; } = new(0, 0, []);

    /// <summary>Every event after this number will come live.</summary>
    internal static RecentChanges From(long number) => new(number, number, []);

    /// <summary>After a live event of any kind. After a skipped number the list starts over.</summary>
    internal RecentChanges After(ChannelEvent live)
    {
        if (live.Number <= Last)
            return this;
        var known = live.Number == Last + 1 ? this : From(live.Number - 1);
        if (!EventKind.IsChange(live.Kind))
            return known with { Last = live.Number };
        var events = known.Events.Add(live);
        return events.Count <= Most
            ? known with { Last = live.Number, Events = events }
            : new RecentChanges(events[Most / 2].Number, live.Number, events.RemoveRange(0, (Most / 2) + 1));
    }

    /// <summary>The present form of a message that a page brought as of <see cref="Floor"/> or later.</summary>
    internal Message BringUpToDate(Message message, UserId? self) =>
        Events.IsEmpty || Events[^1].Number <= message.Changed ? message : Events.Aggregate(message, (m, change) => m.After(change, self));
}
