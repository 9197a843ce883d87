using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.Conversations;

/// <summary>There is a new conversation; each of its two people is told of the other by an event of their own.</summary>
internal sealed record ConversationWasOpened(ChannelId Conversation, UserId User, SelfState With, MessageId OpenedAfter) : ServerEvent(
    Audience.OfUser(User),
    new EventPosition(Conversation, 0),
    new ConversationOpened(new ConversationState(Conversation, With, 0, 0, 0, 0, OpenedAfter)));
