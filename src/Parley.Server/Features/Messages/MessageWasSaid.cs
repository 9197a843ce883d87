using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>A message or action stands in a channel's log (not a conversation's).</summary>
internal sealed record MessageWasSaid(
    MessagePlace Place, string ChannelName, Identity Author, string Kind, string Content, UserIds? Mentions, string? Nonce, QuotedMessage? Quoted)
    : ServerEvent(
        Audience.OfChannel(Place.Channel), new EventPosition(Place.Channel, Place.Number), SaidMessage.Of(Place, Author, Kind, Content, Mentions, Nonce, Quoted))
{
    public DateTimeOffset At => WireTime.FromMicroseconds(Place.At);
}

/// <summary>What is said, as an entry of its log is pushed.</summary>
internal static class SaidMessage
{
    public static EventPushed Of(MessagePlace place, Identity author, string kind, string content, UserIds? mentions, string? nonce, QuotedMessage? quoted) => new(
        place.Channel,
        new ChannelEvent(place.Number, kind, place.Id, author.Id, author.Username, content, WireTime.FromMicroseconds(place.At), mentions) { ReplyTo = quoted },
        nonce);
}
