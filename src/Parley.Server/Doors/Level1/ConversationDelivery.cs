using Parley.Protocol.Wire;
using Parley.Server.Features.Conversations;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

/// <summary>
/// Remembers what private messages were handed to their receivers, so that level 1 gets each once. It is written after the handing-over: a crash between the
/// two hands a message over again rather than never.
/// </summary>
internal sealed class ConversationDelivery(WriteQueue queue)
{
    /// <summary>One event was handed over. Its item is a class, since there is one for each private message.</summary>
    public void Delivered(UserId user, ChannelId conversation, long number) => queue.Post(new Delivery(user, conversation, number), user.Value);

    /// <summary>The same for many, in one write.</summary>
    /// <param name="user">The receiver.</param>
    /// <param name="upTo">The conversations, each with the number up to which its events were handed over.</param>
    /// <param name="nothingWaitsUpTo">
    /// Of conversations whose latest message is not above this one, nothing waits any more; null where that is not known.
    /// </param>
    public void Delivered(UserId user, IReadOnlyList<(ChannelId Conversation, long Number)> upTo, long? nothingWaitsUpTo = null)
    {
        if (upTo.Count > 0 || nothingWaitsUpTo is not null)
            queue.Write(Write, user.Value);

        void Write(DatabaseConnection db)
        {
            foreach (var (conversation, number) in upTo)
                ConversationStore.MarkDelivered(db, user, conversation, number);
            if (nothingWaitsUpTo is { } message)
                ConversationStore.NothingWaitsUpTo(db, user, message);
        }
    }

    private sealed class Delivery(UserId user, ChannelId conversation, long number) : WriteItem
    {
        public override bool Run(DatabaseConnection transaction) => ConversationStore.MarkDelivered(transaction, user, conversation, number);
    }
}
