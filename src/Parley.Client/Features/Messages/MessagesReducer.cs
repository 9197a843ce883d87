using Parley.Client.Features.Conversations;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

internal static class MessagesReducer
{
    internal static ChatState Apply(ChatState state, EventPushed pushed)
    {
        var log = LogMerge.Add(state.LogOf(pushed.ChannelId), [pushed.Event]);
        var known = state.ReadPositionOf(pushed.ChannelId);
        var position = ReadStateReducer.After(known, log, pushed.Event, state.User?.Id);
        var next = WithLog(state, pushed.ChannelId, log) with
        {
            Conversations = ConversationsReducer.Said(state.Conversations, pushed.ChannelId, pushed.Event.MessageId),
            ReadPositions = ReferenceEquals(position, known) ? state.ReadPositions : state.ReadPositions.SetItem(pushed.ChannelId, position),
        };
        return pushed.Nonce is { } nonce && pushed.Event.AuthorId == state.User?.Id
            ? PendingReducer.Drop(next, pushed.ChannelId, nonce)
            : next;
    }

    internal static ChatState Apply(ChatState state, HistoryPage page)
    {
        var log = LogMerge.WithLastNumber(LogMerge.Add(state.LogOf(page.ChannelId), page.Events), page.LastNumber);
        return PendingReducer.DropSettled(WithLog(state, page.ChannelId, log), page.ChannelId);
    }

    internal static ChatState Apply(ChatState state, Ack ack) =>
        ack.Nonce is { } nonce ? PendingReducer.Said(state, ack.ChannelId, nonce, ack.Number) : state;

    private static ChatState WithLog(ChatState state, ChannelId id, ChannelLog log) =>
        ReferenceEquals(log, state.LogOf(id)) ? state : state with { Logs = state.Logs.SetItem(id, log) };
}
