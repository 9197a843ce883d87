using Parley.Protocol.Wire;

namespace Parley.Server.Features.Conversations;

/// <summary>A private message that waits for its receiver.</summary>
internal sealed record WaitingMessage(ChannelId Channel, long Number, string From, string Content, long At);
