using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// The user's messages on their way. A message leaves this list in one of two ways: its live event bears its nonce, or its acknowledgement told its number
/// and the log holds that number. So it is on the screen once, whichever of event, acknowledgement and history page comes first.
/// </summary>
internal static class PendingReducer
{
    internal static ChatState Add(ChatState state, PendingMessage message) =>
        With(state, message.ChannelId, state.PendingOf(message.ChannelId).Add(message));

    internal static ChatState Said(ChatState state, ChannelId id, string nonce, long number) =>
        DropSettled(Change(state, id, nonce, m => m with { State = PendingState.Said, Number = number, Failure = null }), id);

    internal static ChatState Failed(ChatState state, ChannelId id, string nonce, string failure) =>
        Change(state, id, nonce, m => m with { State = PendingState.Failed, Failure = failure });

    internal static ChatState TryAgain(ChatState state, string nonce) =>
        Find(state, nonce) is { State: PendingState.Failed } message
            ? Change(state, message.ChannelId, nonce, m => m with { State = PendingState.Sending, Failure = null })
            : state;

    internal static ChatState DeleteFailed(ChatState state, string nonce) =>
        Find(state, nonce) is { State: PendingState.Failed } message ? Drop(state, message.ChannelId, nonce) : state;

    internal static ChatState Drop(ChatState state, ChannelId id, string nonce)
    {
        var pending = state.PendingOf(id);
        var rest = pending.RemoveAll(m => m.Nonce == nonce);
        return rest.Length == pending.Length ? state : With(state, id, rest);
    }

    /// <summary>Takes out what was said and stands in the log, or lies below the part that is held up to the latest event, and will be there when one pages back.</summary>
    internal static ChatState DropSettled(ChatState state, ChannelId id)
    {
        var pending = state.PendingOf(id);
        if (pending.IsEmpty)
            return state;
        var log = state.LogOf(id);
        var rest = pending.RemoveAll(m => m.Number is { } number && (log.RunOf(number) is not null || number < log.LatestRun?.First));
        return rest.Length == pending.Length ? state : With(state, id, rest);
    }

    internal static ChatState DropSettled(ChatState state) => state.Pending.Keys.Aggregate(state, DropSettled);

    internal static PendingMessage FailedByNewEpoch(PendingMessage message) => message with
    {
        State = PendingState.Failed,
        Number = null,
        Failure = "The server started over with other data before this was said.",
    };

    internal static PendingMessage? Find(ChatState state, string nonce) =>
        state.Pending.Values.SelectMany(messages => messages).FirstOrDefault(m => m.Nonce == nonce);

    /// <summary>What goes out next: the oldest that waits.</summary>
    internal static PendingMessage? NextToSend(ChatState state) =>
        state.Pending.Values
            .Select(messages => messages.FirstOrDefault(m => m.State == PendingState.Sending))
            .OfType<PendingMessage>()
            .MinBy(m => m.WrittenAt);

    private static ChatState Change(ChatState state, ChannelId id, string nonce, Func<PendingMessage, PendingMessage> change)
    {
        var pending = state.PendingOf(id);
        var message = pending.FirstOrDefault(m => m.Nonce == nonce);
        return message is null ? state : With(state, id, pending.Replace(message, change(message)));
    }

    private static ChatState With(ChatState state, ChannelId id, ImmutableArray<PendingMessage> messages) =>
        state with { Pending = messages.IsEmpty ? state.Pending.Remove(id) : state.Pending.SetItem(id, messages) };
}
