using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Mentions;
using Parley.Server.Features.Rights;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Features.Messages;

/// <summary><c>message_edit</c>: other words for one's own message. What it said before is kept with it.</summary>
internal sealed class EditMessageHandler : IWriteHandler<EditMessage>
{
    public Refusal? Check(ref EditMessage command)
    {
        var refusal = Saying.Check(command.Content, command.Nonce, out var content);
        command = command with { Content = content };
        return refusal;
    }

    public Outcome Handle(EditMessage command, CommandContext context)
    {
        var (db, actor) = (context.Db, context.Actor.Id);
        if (EventLog.FindChange(db, actor, command.Nonce) is { } done)
            return MessageWasChanged.Answer(done);
        if (MessageAccess.Find(db, actor, command.MessageId) is not { } message)
            return Outcome.Refuse(Refusal.NoSuchMessage);
        if (message.Author != actor || !message.Channel.Rights.HasFlag(ChannelRights.Say))
            return Outcome.Refuse(Refusal.Forbidden);
        if (message.IsDeleted)
            return Outcome.Refuse(Refusal.MessageDeleted);
        if (command.Base is { } known && known != (message.Edited ?? 0))
            return Outcome.Refuse(Refusal.EditedSince with { Event = MessageAccess.Told(db, actor, message) });

        var content = command.Content ?? "";
        var mentions = MentionStore.Meant(db, message.Channel, actor, content);
        var before = MessageAccess.Told(db, actor, message).Mentions;
        var change = new Change(message.Channel.Id, actor, EventKind.Edit, message.Id, null, command.Nonce, context.At)
        {
            NewlyMeant = [.. (mentions?.All ?? []).Where(user => before?.Contains(user) != true)],
        };
        var position = EventLog.Append(db, change);
        VersionStore.Replace(db, message, position.Number, content, mentions, context.At);
        return MessageWasChanged.Done(context, message, change, position, content, mentions);
    }
}
