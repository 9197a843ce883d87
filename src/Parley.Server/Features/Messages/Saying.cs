using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Mentions;
using Parley.Server.Features.Rights;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>Saying something in a channel or conversation.</summary>
internal static class Saying
{
    public static Refusal? Check(string? content, string? nonce, out string cleaned) =>
        (ContentRule.Check(content, out cleaned) ?? NonceRule.Check(nonce)) is { } wrong ? Refusal.OfRule(wrong) : null;

    public static Refusal? CheckInChannel(string? channel, string? content, string? nonce, out string cleaned)
    {
        var refusal = Check(content, nonce, out cleaned);
        return Refusal.IsNoName(channel) ? Refusal.NoSuchChannel(channel ?? "") : refusal;
    }

    public static Drafted Say(CommandContext context, string kind, ChannelId? id, string? channelName, string content, string? nonce, MessageId? replyTo) =>
        FindChannel(context, id, channelName, out var channel) is { } refusal ? refusal : SayIn(context, channel!, kind, content, nonce, replyTo);

    /// <summary>Drafts it; a repeated nonce is answered with the first one's acknowledgement, and tells nobody anything.</summary>
    public static Drafted SayIn(CommandContext context, ChannelRow channel, string kind, string content, string? nonce, MessageId? replyTo = null)
    {
        var author = context.Actor;
        var quoted = replyTo is { } original ? MessageAccess.Quote(context.Db, channel.Id, original) : null;
        if (replyTo is not null && quoted is null)
            return Refusal.NoSuchMessage;
        var mentions = MentionStore.Meant(context.Db, channel, author.Id, content);
        return new Drafted(new Draft(channel.Id, author.Id, kind, content, nonce, mentions, context.At) { ReplyTo = replyTo }, Appended, null);

        Outcome Appended(MessagePosition position)
        {
            if (position.IsRepeated)
                return Acknowledge(position, nonce);
            ServerEvent happened = channel.IsConversation
                ? new DirectMessageWasSaid(position, author, channel.Other(author.Id), kind, content, mentions, nonce, quoted)
                : new MessageWasSaid(position, channel.Name, author, kind, content, mentions, nonce, quoted);
            return Acknowledge(position, nonce).Emit(happened);
        }
    }

    private static Outcome Acknowledge(MessagePosition position, string? nonce) =>
        Outcome.Answer(new Ack(position.Channel, position.Number, position.Id, WireTime.FromMicroseconds(position.At), nonce));

    private static Refusal? FindChannel(CommandContext context, ChannelId? id, string? name, out ChannelRow? channel)
    {
        if (id is { } channelId)
        {
            channel = ChannelAccess.Find(context.Db, context.Actor.Id, channelId);
            return ChannelAccess.Refuse(channel, ChannelRights.Say, channelId.ToString());
        }

        var normalized = ChannelNameRule.Normalize(name);
        channel = normalized.Length == 0 ? null : ChannelAccess.Find(context.Db, context.Actor.Id, normalized);
        return normalized.Length == 0 ? Refusal.Invalid(RefusalKey.ChannelNeeded) : ChannelAccess.Refuse(channel, ChannelRights.Say, normalized);
    }
}
