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
/// The snapshot that starts a connection. What it tells replaces what was known; what it does not tell (the events that are held, the messages on their
/// way) is kept, unless it comes from other data or for another user: then numbers and ids mean nothing any more.
/// </summary>
internal static class ReadyReducer
{
    internal static ChatState Apply(ChatState state, Ready ready)
    {
        var known = state.Epoch == ready.Epoch && state.User?.Id == ready.User.Id ? state : Reset(state, ready);
        var logs = known.Logs.ToBuilder();
        var positions = known.ReadPositions.ToBuilder();
        var gone = known.Logs.Keys.ToHashSet();
        foreach (var (id, lastNumber, told) in RoomSnapshot.In(ready))
        {
            gone.Remove(id);
            var log = LogReducer.AfterSnapshot(known.LogOf(id), lastNumber);
            logs[id] = log;
            positions[id] = ReadStateReducer.Merge(known.ReadPositionOf(id), told, log, ready.User.Id);
        }

        // Rooms on later pages stay as they were until those pages come.
        ImmutableHashSet<ChannelId> unconfirmed = ready.More switch
        {
            null or { Channels: null, Conversations: null } => [],
            { Channels: null } => [.. gone.Except(known.Channels.Select(c => c.Id))],
            { Conversations: null } => [.. gone.Except(known.Conversations.Select(c => c.Id))],
            _ => [.. gone],
        };
        gone.ExceptWith(unconfirmed);
        logs.RemoveRange(gone);
        positions.RemoveRange(gone);
        return OutboxReducer.DropArrived(known with
        {
            Epoch = ready.Epoch,
            ServerName = ready.Name,
            OwnerId = ready.OwnerId,
            User = ready.User,
            Channels = Unchanged(known.Channels, ChannelsReducer.Merge(known.Channels.Where(c => unconfirmed.Contains(c.Id)), ready.Channels.Select(ChannelsReducer.FromWire))),
            Conversations = Unchanged(
                known.Conversations, ConversationsReducer.Merge(known.Conversations.Where(c => unconfirmed.Contains(c.Id)), ready.Conversations.Select(ConversationsReducer.FromWire))),
            Unconfirmed = unconfirmed,
            Logs = logs.ToImmutable(),
            ReadPositions = positions.ToImmutable(),
        });
    }

    // After a short break most is unchanged: then the same object, so that no component is drawn again.
    private static ImmutableArray<T> Unchanged<T>(ImmutableArray<T> known, ImmutableArray<T> told) => known.SequenceEqual(told) ? known : told;

    // Unsent messages are not dropped silently: they stay, as failed, where the same user still has the room.
    private static ChatState Reset(ChatState state, Ready ready)
    {
        var fresh = ChatState.Empty with { Connection = state.Connection };
        if (state.User?.Username != ready.User.Username)
            return fresh;
        var ids = RoomSnapshot.In(ready).Select(room => room.Id).ToHashSet();
        var outbox = state.Outbox.Where(entry => ids.Contains(entry.Key) || ready.More is not null)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Select(OutboxReducer.FailedByNewEpoch).ToImmutableArray()));
        return fresh with { Outbox = outbox.ToImmutableDictionary() };
    }
}
