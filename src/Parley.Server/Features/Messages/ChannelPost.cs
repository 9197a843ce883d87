using Parley.Protocol.Wire;

namespace Parley.Server.Features.Messages;

/// <summary>What <c>message</c> and <c>action</c> ask for.</summary>
internal readonly record struct ChannelPost(string? Channel, ChannelId? ChannelId, string? Content, string? Nonce, MessageId? ReplyTo);
