using Parley.Protocol.Features;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Doors.Level2;

/// <summary>Level 2 as the fan-out speaks it: the protocol's records as they are, so a feature adds nothing here.</summary>
internal sealed class Level2Dialect : Dialect
{
    public static Level2Dialect Instance { get; } = new();

    public override void Write(ByteBlock block, ServerEvent happened)
    {
        if (happened.Message is { } message)
            FrameEncoder.Append(block, message);
    }

    public override byte[] Overflow(Closing closing) => FrameEncoder.ToFrame(closing);

    // Events without a message need not be kept for those who arrive.
    public override bool Tells(ServerEvent happened, Receiver receiver) => happened.Message is not null;
}
