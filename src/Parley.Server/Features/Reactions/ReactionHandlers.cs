using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;
using Parley.Server.Features.Rights;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Reactions;

/// <summary><c>reaction_add</c>: once for each person and emoji.</summary>
internal sealed class AddReactionHandler : IWriteHandler<AddReaction>
{
    public Refusal? Check(ref AddReaction command) => Reacting.Check(command.Emoji, command.Nonce);

    public Outcome Handle(AddReaction command, CommandContext context)
    {
        if (Reacting.Find(context, command.MessageId, command.Nonce, out var message) is { } answer)
            return answer;
        var emoji = command.Emoji ?? "";
        if (ReactionStore.Find(context.Store, message!.Id, emoji, context.Actor.Id) is { } before)
            return MessageWasChanged.Answer(new ChangePosition(message.Channel.Id, before));
        if (ReactionStore.IsFull(context.Store, message.Id, emoji))
            return Outcome.Refuse(Refusal.TooManyReactions);

        var change = new Change(message.Channel.Id, context.Actor.Id, EventKind.ReactionAdd, message.Id, emoji, command.Nonce, context.At);
        var position = EventLog.Append(context.Store, change);
        ReactionStore.Add(context.Store, message.Id, emoji, context.Actor.Id, position.Number);
        return MessageWasChanged.Done(context, message, change, position);
    }
}

/// <summary><c>reaction_remove</c>: one's own.</summary>
internal sealed class RemoveReactionHandler : IWriteHandler<RemoveReaction>
{
    public Refusal? Check(ref RemoveReaction command) => Reacting.Check(command.Emoji, command.Nonce);

    public Outcome Handle(RemoveReaction command, CommandContext context)
    {
        if (Reacting.Find(context, command.MessageId, command.Nonce, out var message) is { } answer)
            return answer;
        var emoji = command.Emoji ?? "";
        if (ReactionStore.Find(context.Store, message!.Id, emoji, context.Actor.Id) is null)
            return Outcome.Done(message.Channel.Id); // It is so already.

        var change = new Change(message.Channel.Id, context.Actor.Id, EventKind.ReactionRemove, message.Id, emoji, command.Nonce, context.At);
        var position = EventLog.Append(context.Store, change);
        ReactionStore.Remove(context.Store, message.Id, emoji, context.Actor.Id);
        return MessageWasChanged.Done(context, message, change, position);
    }
}

internal static class Reacting
{
    public static Refusal? Check(string? emoji, string? nonce) => (EmojiRule.Check(emoji) ?? NonceRule.Check(nonce)) is { } wrong ? Refusal.OfRule(wrong) : null;

    /// <summary>The message to react to; or the answer, where there is none or the same was asked before.</summary>
    public static Outcome? Find(CommandContext context, MessageId? id, string? nonce, out StoredMessage? message)
    {
        message = null;
        if (EventLog.FindChange(context.Store, context.Actor.Id, nonce) is { } done)
            return MessageWasChanged.Answer(done);
        message = MessageAccess.Find(context.Store, context.Actor.Id, id);
        if (message is null)
            return Outcome.Refuse(Refusal.NoSuchMessage);
        if (!message.Channel.Rights.HasFlag(ChannelRights.Say))
            return Outcome.Refuse(Refusal.Forbidden);
        return message.IsDeleted ? Outcome.Refuse(Refusal.MessageDeleted) : null;
    }
}
