using System.Collections.Immutable;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Messages;

/// <summary>Events of one log that follow each other without a gap.</summary>
/// <param name="First">The number of the first event.</param>
/// <param name="Events">The events, by number, ascending; never empty. The event with number N stands at index N - <paramref name="First"/>.</param>
public sealed record LogRun(long First, ImmutableList<ChannelEvent> Events)
{
    /// <summary>The number of the last event.</summary>
    public long Last => First + Events.Count - 1;

    /// <summary>Whether the event with this number is here.</summary>
    public bool Contains(long number) => number >= First && number <= Last;

    /// <summary>The event with this number, which must be here.</summary>
    public ChannelEvent this[long number] => Events[(int)(number - First)];
}
