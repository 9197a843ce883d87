using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events;

/// <summary>An answer with a snapshot.</summary>
/// <param name="Bytes">What to send, written beside the fan-out; from <see cref="ByteBlock.Rent"/>.</param>
/// <param name="IsIncluded">Whether the answer already includes an event.</param>
/// <param name="Then">What the fan-out does when the answer was sent.</param>
internal sealed record HeldAnswer(ByteBlock Bytes, Func<ServerEvent, bool> IsIncluded, Action<FanOut>? Then = null)
{
    /// <summary>What the receiver listens to from now on, where the hold began with something else.</summary>
    public Listening? Listening { get; init; }

    /// <summary>For somebody who arrives: what they saw when the snapshot was read. Null where that is known already, or is what everybody sees.</summary>
    public ChannelVisibility? Visibility { get; init; }
}
