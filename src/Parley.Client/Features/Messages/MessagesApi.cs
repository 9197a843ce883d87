using Parley.Client.Connection;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>What a person does with messages of their own.</summary>
internal sealed class MessagesApi(ChatStore store, AccountMirror mirror, OutboxSender sender, NonceSource nonces, TimeProvider time)
{
    // How long a deletion can be undone.
    private static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(5);

    internal async Task<Answer<string>> SayAsync(ChannelId channelId, MessageKind kind, string content, MessageId? replyTo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ContentRule.Check(content, out var cleaned) is { } error)
            return new Answer<string>(new Refusal(ErrorCode.Invalid, error));
        var message = new PendingMessage(nonces.Next(), channelId, kind, cleaned, time.GetUtcNow()) { ReplyTo = replyTo };
        await mirror.SaveAsync(message).ConfigureAwait(false);
        sender.Wake();
        return new Answer<string>(message.Nonce);
    }

    internal async Task<Answer<string>> ChangeAsync(ChannelId channelId, MessageId messageId, ChangeKind kind, string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (kind == ChangeKind.Edit && ContentRule.Check(text, out text) is { } error)
            return new Answer<string>(new Refusal(ErrorCode.Invalid, error));
        var known = kind == ChangeKind.Edit ? store.State.LogOf(channelId).Messages.GetValueOrDefault(messageId)?.Edited : null;
        var state = kind == ChangeKind.Delete ? PendingState.Held : PendingState.Sending;
        var change = new PendingChange(nonces.Next(), channelId, messageId, kind, text, time.GetUtcNow(), known, state);
        await mirror.SaveAsync(change).ConfigureAwait(false);
        if (state == PendingState.Held)
            ReleaseLaterAsync(change.Nonce).ReportFault();
        else
            sender.Wake();
        return new Answer<string>(change.Nonce);
    }

    internal void Undo(string nonce) => store.Update(state => OutboxReducer.Undo(state, nonce));

    /// <summary>Sends what is held, and waits until it was answered: the person leaves, and will not undo it any more.</summary>
    internal async Task SendHeldAsync(ChatConnection connection)
    {
        var held = Waiting(store.State, PendingState.Held).ToHashSet();
        if (held.Count == 0)
            return;
        store.Update(state => held.Aggregate(state, OutboxReducer.Release));
        sender.Wake();
        await store.WaitForAsync(AreAnswered, connection.Ended, CancellationToken.None).ConfigureAwait(false);

        bool AreAnswered(ChatState state) => !Waiting(state, PendingState.Sending).Any(held.Contains);
    }

    internal void Retry(string nonce)
    {
        store.Update(state => OutboxReducer.TryAgain(state, nonce));
        sender.Wake();
    }

    internal void Discard(string nonce) => store.Update(state => OutboxReducer.DeleteFailed(state, nonce));

    private static IEnumerable<string> Waiting(ChatState state, PendingState inState) =>
        state.Outbox.Values.SelectMany(entries => entries).Where(entry => entry.State == inState).Select(entry => entry.Nonce);

    private async Task ReleaseLaterAsync(string nonce)
    {
        await Task.Delay(UndoTime, time).ConfigureAwait(false);
        store.Update(state => OutboxReducer.Release(state, nonce));
        sender.Wake();
    }
}
