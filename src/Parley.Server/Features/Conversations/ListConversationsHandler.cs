using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Level1;
using Parley.Server.Events;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Conversations;

/// <summary>The conversations that <c>ready</c> has no room for.</summary>
internal sealed class ListConversationsHandler(ServerParts parts, ConversationDelivery delivery) : IStepsHandler<ListConversations>
{
    public async ValueTask HandleAsync(ListConversations command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var before = VisibleChannels.IdOf(command.Cursor);
        if ((Paging.Refuse(command.Limit) ?? (before is null ? Paging.BadCursor : null)) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return;
        }

        var user = connection.Receiver.Identity?.Id ?? default;
        IReadOnlyList<VisibleChannel> page = [];
        await connection.AnswerHeldAsync(parts, _ => 0, _ => Write(), cancellationToken);
        // As in `ready`: what a page tells of is handed over.
        delivery.Delivered(user, VisibleChannels.Late(page));

        HeldAnswer Write()
        {
            var limit = command.Limit ?? ListPage.DefaultLimit;
            var found = parts.Database.Read(store => ReadStateStore.Below(store, user, before ?? 0, limit + 1));
            page = [.. found.Take(limit)];
            var block = FrameBlock.Rent();
            block.Append(
                new ConversationPage(VisibleChannels.ToConversations(page), page.Count < found.Count ? page[^1].Id.ToString() : null) { Ref = reference },
                ProtocolJson.Default.ConversationPage);
            return new HeldAnswer(block, VisibleChannels.Counting(page));
        }
    }
}
