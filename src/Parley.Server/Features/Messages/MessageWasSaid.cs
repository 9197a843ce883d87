using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>A message or action stands in a public channel's log.</summary>
internal sealed class MessageWasSaid(
    MessagePlace place, string channelName, Identity author, string kind, string content, UserIds? mentions, string? nonce, Receiver asker) : ServerEvent
{
    private readonly DateTimeOffset _at = WireTime.FromMicroseconds(place.At);

    public override Audience Audience => Audience.OfChannel(place.Channel);

    public override (ChannelId Channel, long Number)? Position => (place.Channel, place.Number);

    public override Receiver? EchoTo => asker;

    public override void WriteLevel1(FrameBlock block)
    {
        if (kind == EventKind.Action)
            block.Append(new ActionSaid(channelName, author.Username, content, _at), ProtocolJson.Default.ActionSaid);
        else
            block.Append(new MessageSaid(channelName, author.Username, content, _at, place.Id), ProtocolJson.Default.MessageSaid);
    }

    public override void WriteLevel2(FrameBlock block) => block.Append(
        new EventPushed(place.Channel, new ChannelEvent(place.Number, kind, place.Id, author.Id, author.Username, content, _at, mentions), nonce),
        ProtocolJson.Default.EventPushed);
}
