using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>What a person does with messages of their own.</summary>
internal sealed class MessagesApi(ChatStore store, AccountMirror mirror, OutboxSender sender, NonceSource nonces, TimeProvider time)
{
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
        var change = new PendingChange(nonces.Next(), channelId, messageId, kind, text, time.GetUtcNow(), known);
        await mirror.SaveAsync(change).ConfigureAwait(false);
        sender.Wake();
        return new Answer<string>(change.Nonce);
    }

    internal void Retry(string nonce)
    {
        store.Update(state => OutboxReducer.TryAgain(state, nonce));
        sender.Wake();
    }

    internal void Discard(string nonce) => store.Update(state => OutboxReducer.DeleteFailed(state, nonce));
}
