using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>A message was edited, deleted or reacted to. The event is the same for everybody.</summary>
internal sealed record MessageWasChanged(Audience Audience, EventPosition Where, EventPushed Pushed) : ServerEvent(Audience, Where, Pushed)
{
    /// <summary>What is answered to who changed a message, and told to all who may see it.</summary>
    /// <param name="context">Who did it, and when.</param>
    /// <param name="message">The message.</param>
    /// <param name="change">What was done.</param>
    /// <param name="position">Where that stands.</param>
    /// <param name="content">The new words of an edit.</param>
    /// <param name="mentions">Whom they mean.</param>
    public static Outcome Done(CommandContext context, StoredMessage message, Change change, ChangePosition position, string content = "", UserIds? mentions = null)
    {
        var told = new ChannelEvent(
            position.Number, change.Kind, message.Id, context.Actor.Id, context.Actor.Username, content, WireTime.FromMicroseconds(change.At), mentions)
        {
            NewMentions = UserIds.Of(change.NewlyMeant),
            Emoji = change.Body,
        };
        return Answer(position).Emit(
            new MessageWasChanged(AudienceOf(message.Channel), new EventPosition(position.Channel, position.Number), new EventPushed(position.Channel, told, change.Nonce)));
    }

    /// <summary>The answer alone: it was done before.</summary>
    public static Outcome Answer(ChangePosition position) => Outcome.Answer(new Done(position.Channel) { Number = position.Number });

    private static Audience AudienceOf(ChannelRow channel) =>
        channel is { Low: { } low, High: { } high } ? Audience.OfUsers(low, high) : Audience.OfChannel(channel.Id);
}
