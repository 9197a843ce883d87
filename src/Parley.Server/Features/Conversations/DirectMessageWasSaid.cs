using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Features.Messages;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Conversations;

/// <summary>A message or action stands in a conversation's log.</summary>
internal sealed record DirectMessageWasSaid(
    MessagePosition InLog, Identity Author, UserId Receiver, string Kind, string Content, UserIds? Mentions, string? Nonce, QuotedMessage? Quoted)
    : ServerEvent(
        Audience.OfUsers(Author.Id, Receiver), new EventPosition(InLog.Channel, InLog.Number), SaidMessage.Of(InLog, Author, Kind, Content, Mentions, Nonce, Quoted))
{
    public DateTimeOffset At => WireTime.FromMicroseconds(InLog.At);
}
