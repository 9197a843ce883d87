using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// The live change events of one room from a number on, without a gap: what brings a page up to date that was read before them and arrives after them.
/// </summary>
/// <param name="Floor">Every change above it, up to <paramref name="Last"/>, is in <paramref name="Events"/>.</param>
/// <param name="Last">The number of the last live event, or what the server told when the connection began.</param>
/// <param name="Events">The changes, by number, ascending.</param>
internal sealed record RecentChanges(long Floor, long Last, ImmutableList<ChannelEvent> Events)
{
    // Pages are on their way for moments; a thousand changes of one room come in no moment.
    private const int Most = 1_000;

    /// <summary>Nothing is known of live events yet.</summary>
    internal static RecentChanges None { get; } = new(0, 0, []);

    /// <summary>All that comes from this number on will be heard.</summary>
    internal static RecentChanges From(long number) => new(number, number, []);

    /// <summary>After a live event, whatever it is. One that skips a number begins anew below itself.</summary>
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

    /// <summary>A message that was told as of <see cref="Floor"/> or later, as it is now.</summary>
    internal Message BringUpToDate(Message message, UserId? self) =>
        Events.IsEmpty || Events[^1].Number <= message.Changed ? message : Events.Aggregate(message, (m, change) => m.After(change, self));
}
