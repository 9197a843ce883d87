using Parley.Client.Features.Rooms;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Conversations;

/// <summary>A direct conversation: a channel of two that only they can see. It is a room like any channel.</summary>
/// <param name="Id">The conversation; ids of channels and conversations come from one space.</param>
/// <param name="WithId">The other one, or oneself in notes to oneself.</param>
/// <param name="WithUsername">That person's name.</param>
/// <param name="LastMessageId">Its latest message: the conversation with the highest is the latest. Below 1 where that is not known.</param>
public sealed record Conversation(ChannelId Id, UserId WithId, string WithUsername, MessageId LastMessageId = default) : Room(Id);
