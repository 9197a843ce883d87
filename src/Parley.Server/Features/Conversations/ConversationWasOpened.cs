using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.Conversations;

/// <summary>There is a new conversation; each of its two people is told of the other by an event of their own.</summary>
internal sealed class ConversationWasOpened(ChannelId conversation, UserId user, SelfState with, MessageId openedAfter) : ServerEvent
{
    public override Audience Audience => Audience.OfUser(user);

    // As a channel's creation: the log's number zero.
    public override (ChannelId Channel, long Number)? Position => (conversation, 0);

    public override void WriteLevel2(FrameBlock block) =>
        block.Append(new ConversationOpened(new ConversationState(conversation, with, 0, 0, 0, 0, openedAfter)), ProtocolJson.Default.ConversationOpened);
}
