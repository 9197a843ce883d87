using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Reactions;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary>
/// <c>message_delete</c>: takes one's own message back; the owner takes back others' in channels. Its words, those it had before and its reactions are gone for
/// good; its number stays, and goes on counting.
/// </summary>
internal sealed class DeleteMessageHandler : IWriteHandler<DeleteMessage>
{
    public Refusal? Check(ref DeleteMessage command) => NonceRule.Check(command.Nonce) is { } wrong ? Refusal.OfRule(wrong) : null;

    public Outcome Handle(DeleteMessage command, CommandContext context)
    {
        var (db, actor) = (context.Db, context.Actor.Id);
        if (EventLog.FindChange(db, actor, command.Nonce) is { } done)
            return MessageWasChanged.Answer(done);
        if (MessageAccess.Find(db, actor, command.MessageId) is not { } message)
            return Outcome.Refuse(Refusal.NoSuchMessage);
        if (message.Author != actor && (message.Channel.IsConversation || OwnerStore.Find(db) != actor))
            return Outcome.Refuse(Refusal.Forbidden);
        if (message.IsDeleted)
            return MessageWasChanged.Answer(new ChangePosition(message.Channel.Id, message.Changed ?? message.Number)); // Nothing touches it after that.

        var change = new Change(message.Channel.Id, actor, EventKind.Delete, message.Id, null, command.Nonce, context.At);
        var position = EventLog.Append(db, change);
        VersionStore.Clear(db, message.Id, context.At);
        ReactionStore.RemoveAll(db, message.Id);
        return MessageWasChanged.Done(context, message, change, position);
    }
}
