using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Doors.Level1;
using Parley.Server.Events;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Conversations;

/// <summary>A message or action stands in a conversation's log. At level 1 the receiver alone gets it: the sender has the echo.</summary>
internal sealed class PrivateMessageWasSaid(
    MessagePlace place, Identity author, UserId receiver, string kind, string content, UserIds? mentions, string? nonce, ConversationDelivery delivery) : ServerEvent
{
    private readonly DateTimeOffset _at = WireTime.FromMicroseconds(place.At);

    public MessageId Id => place.Id;

    public override Audience Audience => Audience.OfConversation(author.Id, receiver);

    public override (ChannelId Channel, long Number)? Position => (place.Channel, place.Number);

    public override void WriteLevel1(FrameBlock block) =>
        block.Append(new PrivateMessage(author.Username, null, content, _at), ProtocolJson.Default.PrivateMessage);

    public override void WriteLevel2(FrameBlock block) => block.Append(
        new EventPushed(place.Channel, new ChannelEvent(place.Number, kind, place.Id, author.Id, author.Username, content, _at, mentions), nonce),
        ProtocolJson.Default.EventPushed);

    public override void Delivered(Func<UserId, bool> reached)
    {
        if (reached(receiver))
            delivery.Delivered(receiver, place.Channel, place.Number);
    }
}
