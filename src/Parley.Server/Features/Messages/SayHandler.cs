using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Mentions;

namespace Parley.Server.Features.Messages;

/// <summary><c>message</c> and <c>action</c>, which differ in nothing but their kind.</summary>
internal sealed class SayMessageHandler : IWriteHandler<SayMessage>
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
        Saying.Say(context, EventKind.Message, command.ChannelId, command.Channel, command.Content ?? "", command.Nonce);
}

/// <inheritdoc cref="SayMessageHandler"/>
internal sealed class SayActionHandler : IWriteHandler<SayAction>
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
        Saying.Say(context, EventKind.Action, command.ChannelId, command.Channel, command.Content ?? "", command.Nonce);
}

/// <summary>Saying something in a channel or conversation.</summary>
internal static class Saying
{
    public static Refusal? Check(string? content, string? nonce, out string cleaned) =>
        (ContentRule.Check(content, out cleaned) ?? NonceRule.Check(nonce)) is { } wrong ? Refusal.OfRule(wrong) : null;

    public static Outcome Say(CommandContext context, string kind, ChannelId? id, string? channelName, string content, string? nonce)
    {
        var refusal = FindChannel(context, id, channelName, out var channel);
        return channel is null ? Outcome.Refuse(refusal) : SayIn(context, channel, kind, content, nonce);
    }

    /// <summary>Appends to a channel's log and tells it; a repeated nonce is answered with the first one's acknowledgement, and nothing is stored.</summary>
    public static Outcome SayIn(CommandContext context, ChannelRow channel, string kind, string content, string? nonce)
    {
        if (MessageStore.Append(context.Store, channel, context.Actor.Id, kind, content, nonce, context.At) is not { } place)
        {
            var first = MessageStore.FindByNonce(context.Store, context.Actor.Id, nonce ?? "")
                ?? throw new InvalidOperationException("The message was not stored.");
            return Acknowledge(first, nonce);
        }

        var mentions = MentionStore.Keep(context.Store, channel, place.Number, context.Actor.Id, content);
        ServerEvent happened = channel.IsConversation
            ? new PrivateMessageWasSaid(place, context.Actor, channel.Other(context.Actor.Id), kind, content, mentions, nonce)
            : new MessageWasSaid(place, channel.Name, context.Actor, kind, content, mentions, nonce);
        return Acknowledge(place, nonce).Emit(happened);
    }

    private static Outcome Acknowledge(MessagePlace place, string? nonce) =>
        Outcome.Answer(new Ack(place.Channel, place.Number, place.Id, WireTime.FromMicroseconds(place.At), nonce));

    private static Refusal FindChannel(CommandContext context, ChannelId? id, string? name, out ChannelRow? channel)
    {
        if (id is { } channelId)
        {
            channel = ChannelStore.FindVisible(context.Store, channelId, context.Actor.Id);
            return Refusal.NoSuchChannel(channelId.ToString());
        }

        var normalized = ChannelNameRule.Normalize(name);
        channel = normalized.Length == 0 ? null : ChannelStore.FindPublic(context.Store, normalized);
        return normalized.Length == 0 ? Refusal.Invalid(RefusalKey.ChannelNeeded) : Refusal.NoSuchChannel(normalized);
    }
}
