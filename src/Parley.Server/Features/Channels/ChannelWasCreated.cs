using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

internal sealed class ChannelWasCreated(ChannelEntry channel) : ServerEvent
{
    public override Audience Audience => Audience.Everyone;

    // A channel's creation is its log's number zero: a snapshot that knows the channel counts it.
    public override (ChannelId Channel, long Number)? Position => (channel.Id, 0);

    public override void WriteLevel1(FrameBlock block) => block.Append(new ChannelCreated(channel with { LastNumber = null }), ProtocolJson.Default.ChannelCreated);

    public override void WriteLevel2(FrameBlock block) => block.Append(new ChannelCreated(channel), ProtocolJson.Default.ChannelCreated);
}
