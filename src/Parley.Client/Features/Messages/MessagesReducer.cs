using Parley.Client.Features.Conversations;
using Parley.Client.Features.ReadState;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

internal static class MessagesReducer
{
    internal static ChatState Apply(ChatState state, EventPushed pushed, LogUpdate update)
    {
        var before = state.LogOf(pushed.ChannelId);
        var log = LogReducer.Apply(LogReducer.AfterLive(before, pushed.Event), update, state.User?.Id);
        if (update.Change is not null)
            log = log with { Revision = before.Revision + 1 };
        var (known, isSaid) = (state.ReadPositionOf(pushed.ChannelId), EventKind.IsSaid(pushed.Event.Kind));
        var isKnown = pushed.Event.Number <= before.Changes.Last;
        var position = isKnown ? known : ReadStateReducer.AfterLive(known, log, pushed.Event, state.User?.Id);
        var next = WithLog(state, pushed.ChannelId, log, position) with
        {
            Conversations = isSaid ? ConversationsReducer.WithLatest(state.Conversations, pushed.ChannelId, pushed.Event.MessageId) : state.Conversations,
        };
        if (pushed.Nonce is { } nonce && pushed.Event.AuthorId == state.User?.Id)
            next = OutboxReducer.Drop(next, pushed.ChannelId, nonce);
        return update.Change is null ? next : OutboxReducer.DropArrived(next, pushed.ChannelId);
    }

    internal static ChatState Apply(ChatState state, HistoryPage page, ReadHistory? ask, LogUpdate update)
    {
        var before = state.LogOf(page.ChannelId);
        var log = LogReducer.Apply(LogReducer.AfterPage(before, page, ask), update, state.User?.Id);
        // A mirror page that was read before this page must not overwrite it.
        if (!ReferenceEquals(log, before))
            log = log with { Revision = before.Revision + 1 };
        return OutboxReducer.DropArrived(WithLog(state, page.ChannelId, log, Recount(state, page.ChannelId, log)), page.ChannelId);
    }

    internal static ChatState Apply(ChatState state, Ack ack) =>
        ack.Nonce is { } nonce ? OutboxReducer.Acknowledged(state, ack.ChannelId, nonce, ack.Number) : state;

    /// <summary>Whether a page from the mirror is up to date: no held message was changed since it was read.</summary>
    internal static bool IsCurrent(ChatState state, MirrorPage page) => state.LogOf(page.Update.ChannelId).Revision == page.Revision;

    /// <summary>A page from the mirror that <see cref="IsCurrent"/>.</summary>
    internal static ChatState Apply(ChatState state, LogUpdate held)
    {
        var log = LogReducer.Apply(state.LogOf(held.ChannelId), held, state.User?.Id);
        return OutboxReducer.DropArrived(WithLog(state, held.ChannelId, log, Recount(state, held.ChannelId, log)), held.ChannelId);
    }

    private static ReadPosition Recount(ChatState state, ChannelId id, RoomLog log) => ReadStateReducer.Recount(state.ReadPositionOf(id), log, state.User?.Id);

    private static ChatState WithLog(ChatState state, ChannelId id, RoomLog log, ReadPosition position) => state with
    {
        Logs = ReferenceEquals(log, state.LogOf(id)) ? state.Logs : state.Logs.SetItem(id, log),
        ReadPositions = ReferenceEquals(position, state.ReadPositionOf(id)) ? state.ReadPositions : state.ReadPositions.SetItem(id, position),
    };
}
