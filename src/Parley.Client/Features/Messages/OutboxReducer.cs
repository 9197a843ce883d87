using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// The outbox: messages and changes that are not in the log yet. An entry leaves it in one of two ways: its live event has its nonce, or its acknowledgement
/// gave its number and the log is held that far. So a message is shown once, whichever of event, acknowledgement and history page comes first.
/// </summary>
internal static class OutboxReducer
{
    internal static ChatState Add(ChatState state, OutboxEntry entry) => With(state, entry.ChannelId, state.OutboxOf(entry.ChannelId).Add(entry));

    internal static ChatState Acknowledged(ChatState state, ChannelId id, string nonce, long number) =>
        DropArrived(Change(state, id, nonce, m => m with { State = PendingState.Acknowledged, Number = number, Failure = null }), id);

    internal static ChatState Failed(ChatState state, ChannelId id, string nonce, string failure) =>
        Change(state, id, nonce, m => m with { State = PendingState.Failed, Failure = failure });

    internal static ChatState TryAgain(ChatState state, string nonce) => SendFrom(PendingState.Failed, state, nonce);

    /// <summary>What was held may be sent.</summary>
    internal static ChatState Release(ChatState state, string nonce) => SendFrom(PendingState.Held, state, nonce);

    internal static ChatState Undo(ChatState state, string nonce) => DropFrom(PendingState.Held, state, nonce);

    internal static ChatState DeleteFailed(ChatState state, string nonce) => DropFrom(PendingState.Failed, state, nonce);

    internal static ChatState Drop(ChatState state, ChannelId id, string nonce)
    {
        var outbox = state.OutboxOf(id);
        var rest = outbox.RemoveAll(m => m.Nonce == nonce);
        return rest.Length == outbox.Length ? state : With(state, id, rest);
    }

    /// <summary>
    /// Removes messages that are in the log, or are older than the run that reaches to the latest event (they come with its older pages), and changes whose
    /// events have come.
    /// </summary>
    internal static ChatState DropArrived(ChatState state, ChannelId id)
    {
        var outbox = state.OutboxOf(id);
        if (outbox.IsEmpty)
            return state;
        var log = state.LogOf(id);
        var rest = outbox.RemoveAll(entry => entry.Number is { } number
            && (entry is PendingChange ? number <= log.Changes.Last : log.RunOf(number) is not null || number < log.LatestRun?.First));
        return rest.Length == outbox.Length ? state : With(state, id, rest);
    }

    internal static ChatState DropArrived(ChatState state) => state.Outbox.Keys.Aggregate(state, DropArrived);

    internal static OutboxEntry FailedByNewEpoch(OutboxEntry entry) => entry with
    {
        State = PendingState.Failed,
        Number = null,
        Failure = "The server started over with other data before this was said.",
    };

    internal static OutboxEntry? Find(ChatState state, string nonce) => state.Outbox.Values.SelectMany(entries => entries).FirstOrDefault(m => m.Nonce == nonce);

    /// <summary>The oldest entry that waits in each room, the one that has waited longest first.</summary>
    internal static IEnumerable<OutboxEntry> NextToSend(ChatState state) =>
        state.Outbox.Values
            .Select(entries => entries.FirstOrDefault(m => m.State == PendingState.Sending))
            .OfType<OutboxEntry>()
            .OrderBy(m => m.WrittenAt);

    private static ChatState SendFrom(PendingState from, ChatState state, string nonce) =>
        Find(state, nonce) is { } entry && entry.State == from
            ? Change(state, entry.ChannelId, nonce, m => m with { State = PendingState.Sending, Failure = null })
            : state;

    private static ChatState DropFrom(PendingState from, ChatState state, string nonce) =>
        Find(state, nonce) is { } entry && entry.State == from ? Drop(state, entry.ChannelId, nonce) : state;

    private static ChatState Change(ChatState state, ChannelId id, string nonce, Func<OutboxEntry, OutboxEntry> change)
    {
        var outbox = state.OutboxOf(id);
        var entry = outbox.FirstOrDefault(m => m.Nonce == nonce);
        return entry is null ? state : With(state, id, outbox.Replace(entry, change(entry)));
    }

    private static ChatState With(ChatState state, ChannelId id, ImmutableArray<OutboxEntry> entries) =>
        state with { Outbox = entries.IsEmpty ? state.Outbox.Remove(id) : state.Outbox.SetItem(id, entries) };
}
