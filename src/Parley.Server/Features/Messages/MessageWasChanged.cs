using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>Something changed a message: its words, that it is there, how people reacted. It says the same to everybody.</summary>
internal sealed record MessageWasChanged(Audience Audience, EventPosition Place, EventPushed Pushed) : ServerEvent(Audience, Place, Pushed)
{
    /// <summary>What is answered to who changed a message, and told to all who may see it.</summary>
    /// <param name="context">Who did it, and when.</param>
    /// <param name="message">The message.</param>
    /// <param name="change">What was done.</param>
    /// <param name="place">Where that stands.</param>
    /// <param name="content">The new words of an edit.</param>
    /// <param name="mentions">Whom they mean.</param>
    public static Outcome Done(CommandContext context, StoredMessage message, Change change, ChangePlace place, string content = "", UserIds? mentions = null)
    {
        var told = new ChannelEvent(
            place.Number, change.Kind, message.Id, context.Actor.Id, context.Actor.Username, content, WireTime.FromMicroseconds(change.At), mentions)
        {
            NewMentions = UserIds.Of(change.NewlyMeant),
            Emoji = change.Body,
        };
        return Answer(place).Emit(
            new MessageWasChanged(AudienceOf(message.Channel), new EventPosition(place.Channel, place.Number), new EventPushed(place.Channel, told, change.Nonce)));
    }

    /// <summary>The answer alone: it was done before.</summary>
    public static Outcome Answer(ChangePlace place) => Outcome.Answer(new Done(place.Channel) { Number = place.Number });

    private static Audience AudienceOf(ChannelRow channel) =>
        channel is { Low: { } low, High: { } high } ? Audience.OfUsers(low, high) : Audience.OfChannel(channel.Id);
}
