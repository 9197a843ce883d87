using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Conversations;

/// <summary>The conversations that <c>ready</c> has no space for.</summary>
internal sealed class ListConversationsHandler : IHeldReadHandler<ListConversations>
{
    public Refusal? Check(ref ListConversations command) =>
        Paging.Refuse(command.Limit) ?? (ChannelSummaries.IdOf(command.Cursor) is null ? Paging.BadCursor : null);

    public HeldReply Read(ListConversations command, CommandContext context)
    {
        var before = ChannelSummaries.IdOf(command.Cursor) ?? 0; // It was checked.
        var limit = command.Limit ?? ListPage.DefaultLimit;
        var found = ReadStateStore.Below(context.Db, context.Actor.Id, before, limit + 1);
        var page = found.Take(limit).ToList();
        var next = page.Count < found.Count ? page[^1].Id.ToString() : null;
        return new HeldReply(new ConversationPage(ChannelSummaries.ToConversations(page), next), ChannelSummaries.IsIncludedIn(page));
    }
}
