using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;
using Parley.Server.Features.Rights;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Reactions;

internal static class Reacting
{
    public static Refusal? Check(string? emoji, string? nonce) => (EmojiRule.Check(emoji) ?? NonceRule.Check(nonce)) is { } wrong ? Refusal.OfRule(wrong) : null;

    /// <summary>Finds the message to react to. Returns the answer where there is no such message, or where the same was asked before.</summary>
    public static Outcome? Find(CommandContext context, MessageId? id, string? nonce, out StoredMessage? message)
    {
        message = null;
        if (EventLog.FindChange(context.Db, context.Actor.Id, nonce) is { } done)
            return MessageWasChanged.Answer(done);
        message = MessageAccess.Find(context.Db, context.Actor.Id, id);
        if (message is null)
            return Outcome.Refuse(Refusal.NoSuchMessage);
        if (!message.Channel.Rights.HasFlag(ChannelRights.Say))
            return Outcome.Refuse(Refusal.Forbidden);
        return message.IsDeleted ? Outcome.Refuse(Refusal.MessageDeleted) : null;
    }
}
