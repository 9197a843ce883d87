using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Client.Sync;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Sends what waits: of each room one after another, so that a refusal that is worth another try ("slow down") never lets a later message overtake; of several
/// rooms the one that has waited longest. A room that waits for another try holds up no other one. After a break the same nonce goes out again, and the
/// server stores it once.
/// </summary>
internal sealed class OutboxSender(ChatStore store, ChatClientOptions options)
{
    private readonly WakeSignal _wake = new();

    /// <summary>There is something to send.</summary>
    internal void Wake() => _wake.Set();

    /// <summary>Works on one connection until it ends.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        var turns = new OutboxTurns(options.Time);
        while (!connection.Ended.IsCancellationRequested)
        {
            if (turns.Next(OutboxReducer.NextToSend(store.State), out var wait) is { } entry)
                await SendAsync(connection, entry, turns).ConfigureAwait(false);
            else
                await WaitAsync(wait, connection.Ended).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(TimeSpan? wait, CancellationToken ended)
    {
        if (wait is not { } time)
        {
            await _wake.WaitAsync(ended).ConfigureAwait(false);
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ended);
        await Task.WhenAny(_wake.WaitAsync(enough.Token).AsTask(), Task.Delay(time, options.Time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(ChatConnection connection, OutboxEntry entry, OutboxTurns turns)
    {
        var refusal = entry switch
        {
            PendingMessage message => await SayAsync(connection, message).ConfigureAwait(false),
            PendingChange change => await ChangeAsync(connection, change).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"No way to send {entry}."),
        };
        if (!turns.Answered(entry.ChannelId, refusal))
            store.Update(state => OutboxReducer.Failed(state, entry.ChannelId, entry.Nonce, refusal?.Message ?? ""));
    }

    // The acknowledgement is folded into the state by the reading loop, before it is here.
    private static async Task<Refusal?> SayAsync(ChatConnection connection, PendingMessage message)
    {
        var (id, content, nonce) = (message.ChannelId, message.Content, message.Nonce);
        var answer = message.Kind == MessageKind.Action
            ? await connection.AskAsync<SayAction, Ack>(new SayAction(null, content, id, nonce) { ReplyTo = message.ReplyTo }, connection.Ended).ConfigureAwait(false)
            : await connection.AskAsync<SayMessage, Ack>(new SayMessage(null, content, id, nonce) { ReplyTo = message.ReplyTo }, connection.Ended).ConfigureAwait(false);
        return answer.Refusal;
    }

    private async Task<Refusal?> ChangeAsync(ChatConnection connection, PendingChange change)
    {
        var (id, text, nonce, ended) = (change.MessageId, change.Text, change.Nonce, connection.Ended);
        var answer = change.Kind switch
        {
            ChangeKind.Edit => await connection.AskAsync<EditMessage, Done>(new EditMessage(id, text, change.Base, nonce), ended).ConfigureAwait(false),
            ChangeKind.Delete => await connection.AskAsync<DeleteMessage, Done>(new DeleteMessage(id, text.Length == 0 ? null : text, nonce), ended).ConfigureAwait(false),
            ChangeKind.AddReaction => await connection.AskAsync<AddReaction, Done>(new AddReaction(id, text, nonce), ended).ConfigureAwait(false),
            _ => await connection.AskAsync<RemoveReaction, Done>(new RemoveReaction(id, text, nonce), ended).ConfigureAwait(false),
        };
        if (answer.TryGet(out var done, out var refusal))
            store.Update(state => done.Number is { } number ? OutboxReducer.Acknowledged(state, change.ChannelId, nonce, number) : OutboxReducer.Drop(state, change.ChannelId, nonce));
        return refusal;
    }
}
