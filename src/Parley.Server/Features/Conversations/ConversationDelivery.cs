using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Conversations;

/// <summary>
/// Remembers what private messages were handed to their receivers, so that level 1 gets each once. It is written after the handing-over: a crash between the
/// two hands a message over again rather than never.
/// </summary>
internal sealed class ConversationDelivery(WriteQueue queue)
{
    public void Delivered(UserId user, ChannelId conversation, long number) => queue.Post(new Mark(user, conversation, number), user.Value);

    private sealed class Mark(UserId user, ChannelId conversation, long number) : WriteItem
    {
        public override bool Run(StoreConnection transaction) => ConversationStore.MarkDelivered(transaction, user, conversation, number);
    }
}
