using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Doors.Level1;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Mentions;

namespace Parley.Server.Features.Messages;

/// <summary><c>message</c> and <c>action</c>, which differ in nothing but their kind.</summary>
internal sealed class SayMessageHandler(Saying saying) : IWriteHandler<SayMessage>
{
    public Refusal? Check(ref SayMessage command)
    {
        if (Refusal.IsNoName(command.Channel))
            return Refusal.NoSuchChannel(command.Channel ?? "");
        var refusal = Saying.Check(command.Content, command.Nonce, out var content);
        command = command with { Content = content };
        return refusal;
    }

    public Outcome Handle(SayMessage command, CommandContext context) =>
        saying.Say(context, EventKind.Message, command.ChannelId, command.Channel, command.Content ?? "", command.Nonce);
}

/// <inheritdoc cref="SayMessageHandler"/>
internal sealed class SayActionHandler(Saying saying) : IWriteHandler<SayAction>
{
    public Refusal? Check(ref SayAction command)
    {
        if (Refusal.IsNoName(command.Channel))
            return Refusal.NoSuchChannel(command.Channel ?? "");
        var refusal = Saying.Check(command.Content, command.Nonce, out var content);
        command = command with { Content = content };
        return refusal;
    }

    public Outcome Handle(SayAction command, CommandContext context) =>
        saying.Say(context, EventKind.Action, command.ChannelId, command.Channel, command.Content ?? "", command.Nonce);
}

/// <summary>Saying something in a channel or conversation.</summary>
internal sealed class Saying(ConversationDelivery delivery)
{
    public static Refusal? Check(string? content, string? nonce, out string cleaned) =>
        (ContentRule.Check(content, out cleaned) ?? NonceRule.Check(nonce)) is { } wrong ? Refusal.Invalid(wrong) : null;

    public Outcome Say(CommandContext context, string kind, ChannelId? id, string? channelName, string content, string? nonce)
    {
        // Level 1 knows no nonce: an unknown field, ignored.
        var mark = context.Asker.Level > 1 ? nonce : null;
        var refusal = FindChannel(context, id, channelName, out var channel);
        if (channel is null)
            return Outcome.Refuse(refusal ?? Refusal.InvalidFormat);
        return SayIn(context, channel, kind, content, mark);
    }

    /// <summary>Appends to a channel's log and tells it; a repeated nonce is answered with the first one's acknowledgement, and nothing is stored.</summary>
    public Outcome SayIn(CommandContext context, ChannelRow channel, string kind, string content, string? nonce, string? addressee = null)
    {
        if (MessageStore.Append(context.Store, channel, context.Actor.Id, kind, content, nonce, context.At) is not { } place)
        {
            var first = MessageStore.FindByNonce(context.Store, context.Actor.Id, nonce ?? "") ?? throw new InvalidOperationException("The message was not stored.");
            return Acknowledge(context, first, nonce, Outcome.Silent);
        }

        var mentions = MentionStore.Keep(context.Store, channel, place.Number, context.Actor.Id, content);
        ServerEvent happened = channel.IsConversation
            ? new PrivateMessageWasSaid(place, context.Actor, channel.Other(context.Actor.Id), kind, content, mentions, nonce, delivery)
            : new MessageWasSaid(place, channel.Name, context.Actor, kind, content, mentions, nonce, context.Asker);
        return Acknowledge(context, place, nonce, Echo(context, place, content, addressee)).Emit(happened);
    }

    private static Outcome Acknowledge(CommandContext context, MessagePlace place, string? nonce, Outcome levelOne) => context.Asker.Level == 1
        ? levelOne
        : Outcome.Answer(
            new Ack(place.Channel, place.Number, place.Id, WireTime.FromMicroseconds(place.At), nonce) { Ref = context.Ref }, ProtocolJson.Default.Ack);

    private static Outcome Echo(CommandContext context, MessagePlace place, string content, string? addressee) => addressee is null
        ? Outcome.Silent
        : Outcome.Answer(
            new PrivateMessage(context.Actor.Username, addressee, content, WireTime.FromMicroseconds(place.At)), ProtocolJson.Default.PrivateMessage);

    private static Refusal? FindChannel(CommandContext context, ChannelId? id, string? name, out ChannelRow? channel)
    {
        if (context.Asker.Level > 1 && id is { } channelId)
        {
            channel = ChannelStore.FindVisible(context.Store, channelId, context.Actor.Id);
            return Refusal.NoSuchChannel(channelId.ToString());
        }

        var normalized = ChannelNameRule.Normalize(name);
        if (normalized.Length == 0 && context.Asker.Level > 1)
        {
            channel = null;
            return Refusal.Invalid("Channel name required.");
        }

        if (normalized.Length == 0 && context.CurrentRoom is null)
        {
            channel = null;
            return new Refusal(ErrorCode.NoChannel, "You must join a channel first.");
        }

        // By its id: its name may be another one than when it was joined.
        channel = normalized.Length == 0 && context.CurrentRoom is { } room
            ? ChannelStore.FindVisible(context.Store, room.Id, context.Actor.Id)
            : ChannelStore.FindPublic(context.Store, normalized);
        return Refusal.NoSuchChannel(normalized.Length == 0 ? context.CurrentRoom?.Name ?? "" : normalized);
    }
}
