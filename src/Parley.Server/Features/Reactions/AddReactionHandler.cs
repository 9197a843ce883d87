using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;
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
        if (ReactionStore.Find(context.Db, message!.Id, emoji, context.Actor.Id) is { } before)
            return MessageWasChanged.Answer(new ChangePosition(message.Channel.Id, before));
        if (ReactionStore.IsFull(context.Db, message.Id, emoji))
            return Outcome.Refuse(Refusal.TooManyReactions);

        var change = new Change(message.Channel.Id, context.Actor.Id, EventKind.ReactionAdd, message.Id, emoji, command.Nonce, context.At);
        var position = EventLog.Append(context.Db, change);
        ReactionStore.Add(context.Db, message.Id, emoji, context.Actor.Id, position.Number);
        return MessageWasChanged.Done(context, message, change, position);
    }
}
