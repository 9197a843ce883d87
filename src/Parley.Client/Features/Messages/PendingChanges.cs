using System.Collections.Immutable;

namespace Parley.Client.Features.Messages;

/// <summary>How a message looks to the person who has changed it, before the server has told everybody. Pure.</summary>
public static class PendingChanges
{
    /// <summary>The message with the changes of it that are on their way; the same object where there are none.</summary>
    /// <param name="message">As the log has it.</param>
    /// <param name="outbox">What waits in its room, in the order in which it was asked for.</param>
    public static Message Apply(Message message, ImmutableArray<OutboxEntry> outbox)
    {
        foreach (var entry in outbox)
        {
            if (entry is PendingChange { State: not PendingState.Failed } change && change.MessageId == message.Id)
                message = Apply(message, change);
        }

        return message;
    }

    /// <summary>The latest change of a message that the server refused; null where it refused none.</summary>
    public static PendingChange? FailedOf(Message message, ImmutableArray<OutboxEntry> outbox) =>
        outbox.OfType<PendingChange>().LastOrDefault(change => change.MessageId == message.Id && change.State == PendingState.Failed);

    private static Message Apply(Message message, PendingChange change) => change.Kind switch
    {
        _ when message.IsDeleted => message,
        ChangeKind.Delete => message.AsDeleted(),
        ChangeKind.Edit => message with { Content = change.Text, EditedAt = change.WrittenAt },
        ChangeKind.AddReaction when !message.Reactions.IsMine(change.Text) =>
            message with { Reactions = message.Reactions.Add(change.Text, isMine: true) },
        ChangeKind.RemoveReaction when message.Reactions.IsMine(change.Text) =>
            message with { Reactions = message.Reactions.Remove(change.Text, isMine: true) },
        _ => message,
    };
}
