using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Conversations;

/// <summary>The conversations that <c>ready</c> has no room for.</summary>
internal sealed class ListConversationsHandler(ServerParts parts) : IStepsHandler<ListConversations>
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
        await connection.AnswerHeldAsync(parts, reference, () => Read(user, before ?? 0, command.Limit ?? ListPage.DefaultLimit), cancellationToken);
    }

    private (ServerMessage Reply, Func<ServerEvent, bool> Counts) Read(UserId user, long before, int limit)
    {
        var found = parts.Database.Read(store => ReadStateStore.Below(store, user, before, limit + 1));
        var page = found.Take(limit).ToList();
        var next = page.Count < found.Count ? page[^1].Id.ToString() : null;
        return (new ConversationPage(VisibleChannels.ToConversations(page), next), VisibleChannels.Counting(page));
    }
}
