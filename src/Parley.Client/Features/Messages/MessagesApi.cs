using Parley.Client.State;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>What a person does with messages of their own.</summary>
internal sealed class MessagesApi(ChatStore store, OutboxSender sender, NonceSource nonces, TimeProvider time)
{
    internal Task<Answer<string>> SayAsync(ChannelId channelId, MessageKind kind, string content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ContentRule.Check(content, out var cleaned) is { } error)
            return Task.FromResult(new Answer<string>(new Refusal(ErrorCode.Invalid, error)));
        var message = new PendingMessage(nonces.Next(), channelId, kind, cleaned, time.GetUtcNow());
        store.Update(state => PendingReducer.Add(state, message));
        sender.Wake();
        return Task.FromResult(new Answer<string>(message.Nonce));
    }

    internal Task TryAgainAsync(string nonce)
    {
        store.Update(state => PendingReducer.TryAgain(state, nonce));
        sender.Wake();
        return Task.CompletedTask;
    }

    internal Task DeleteFailedAsync(string nonce)
    {
        store.Update(state => PendingReducer.DeleteFailed(state, nonce));
        return Task.CompletedTask;
    }
}
