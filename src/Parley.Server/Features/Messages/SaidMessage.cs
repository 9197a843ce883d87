using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>What is said, as an entry of its log is pushed.</summary>
internal static class SaidMessage
{
    public static EventPushed Of(MessagePosition position, Identity author, string kind, string content, UserIds? mentions, string? nonce, QuotedMessage? quoted) => new(
        position.Channel,
        new ChannelEvent(position.Number, kind, position.Id, author.Id, author.Username, content, WireTime.FromMicroseconds(position.At), mentions) { ReplyTo = quoted },
        nonce);
}
