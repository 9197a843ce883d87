using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Reactions;

/// <summary><c>reaction_list</c>: who reacted, for whoever may see the message.</summary>
internal sealed class ListReactionsHandler : IReadHandler<ListReactions>
{
    public Outcome Handle(ListReactions command, CommandContext context)
    {
        if (EmojiRule.Check(command.Emoji) is { } wrong)
            return Outcome.Refuse(Refusal.OfRule(wrong));
        return MessageAccess.Find(context.Db, context.Actor.Id, command.MessageId) is { } message
            ? Outcome.Answer(new ReactionUsers(ReactionStore.UsersOf(context.Db, message.Id, command.Emoji ?? "")))
            : Outcome.Refuse(Refusal.NoSuchMessage);
    }
}
