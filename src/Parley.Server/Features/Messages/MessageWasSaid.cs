using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>A message or action stands in a channel's log (not a conversation's).</summary>
internal sealed record MessageWasSaid(
    MessagePosition InLog, string ChannelName, Identity Author, string Kind, string Content, UserIds? Mentions, string? Nonce, QuotedMessage? Quoted)
    : ServerEvent(
        Audience.OfChannel(InLog.Channel), new EventPosition(InLog.Channel, InLog.Number), SaidMessage.Of(InLog, Author, Kind, Content, Mentions, Nonce, Quoted))
{
    public DateTimeOffset At => WireTime.FromMicroseconds(InLog.At);
}
