using System.Collections.Immutable;
using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.Features.Rooms;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.State;

/// <summary>
/// The pages of channels and conversations that <see cref="Ready"/> had no room for. A room's counts include
/// the events before its page, and none after it.
/// </summary>
internal static class PageReducer
{
    internal static ChatState Apply(ChatState state, ChannelList page)
    {
        var next = Take(state, RoomSnapshot.In(page)) with
        {
            Channels = ChannelsReducer.Merge(state.Channels, page.Channels.Select(ChannelsReducer.FromWire)),
        };
        return page.Cursor is null ? Drop(next, [.. next.Channels.Select(c => c.Id).Where(next.Unconfirmed.Contains)]) : next;
    }

    internal static ChatState Apply(ChatState state, ConversationPage page)
    {
        var next = Take(state, RoomSnapshot.In(page)) with
        {
            Conversations = ConversationsReducer.Merge(state.Conversations, page.Conversations.Select(ConversationsReducer.FromWire)),
        };
        return page.Cursor is null ? Drop(next, [.. next.Conversations.Select(c => c.Id).Where(next.Unconfirmed.Contains)]) : next;
    }

    private static ChatState Take(ChatState state, IEnumerable<RoomSnapshot> rooms)
    {
        var logs = state.Logs.ToBuilder();
        var positions = state.ReadPositions.ToBuilder();
        var unconfirmed = state.Unconfirmed.ToBuilder();
        foreach (var (id, lastNumber, told) in rooms)
        {
            unconfirmed.Remove(id);
            var log = LogReducer.AfterSnapshot(state.LogOf(id), lastNumber);
            logs[id] = log;
            positions[id] = ReadStateReducer.Merge(state.ReadPositionOf(id), told, log, state.User?.Id);
        }

        return state with { Logs = logs.ToImmutable(), ReadPositions = positions.ToImmutable(), Unconfirmed = unconfirmed.ToImmutable() };
    }

    private static ChatState Drop(ChatState state, ImmutableHashSet<ChannelId> gone) => gone.IsEmpty ? state : state with
    {
        Channels = state.Channels.RemoveAll(c => gone.Contains(c.Id)),
        Conversations = state.Conversations.RemoveAll(c => gone.Contains(c.Id)),
        Logs = state.Logs.RemoveRange(gone),
        ReadPositions = state.ReadPositions.RemoveRange(gone),
        Unconfirmed = state.Unconfirmed.Except(gone),
    };
}
