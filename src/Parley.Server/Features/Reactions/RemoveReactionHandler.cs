using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Reactions;

/// <summary><c>reaction_remove</c>: one's own.</summary>
internal sealed class RemoveReactionHandler : IWriteHandler<RemoveReaction>
{
    public Refusal? Check(ref RemoveReaction command) => Reacting.Check(command.Emoji, command.Nonce);

    public Outcome Handle(RemoveReaction command, CommandContext context)
    {
        if (Reacting.Find(context, command.MessageId, command.Nonce, out var message) is { } answer)
            return answer;
        var emoji = command.Emoji ?? "";
        if (ReactionStore.Find(context.Db, message!.Id, emoji, context.Actor.Id) is null)
            return Outcome.Done(message.Channel.Id); // It is so already.

        var change = new Change(message.Channel.Id, context.Actor.Id, EventKind.ReactionRemove, message.Id, emoji, command.Nonce, context.At);
        var position = EventLog.Append(context.Db, change);
        ReactionStore.Remove(context.Db, message.Id, emoji, context.Actor.Id);
        return MessageWasChanged.Done(context, message, change, position);
    }
}
