using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Client.Sync;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Sends the messages that wait, one after another: the next leaves when the one before it is acknowledged or refused for good, so a refusal that is worth
/// another try ("slow down") never lets a later message overtake. After a break the same nonce goes out again, and the server stores it once.
/// </summary>
internal sealed class OutboxSender(ChatStore store, ChatClientOptions options)
{
    // The window of the server's message rate is a second.
    private static readonly TimeSpan RateDelay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(8);

    // A fault of the server's own may be over in a moment; after so many tries in a row the person decides.
    private const int MaxTries = 5;

    private readonly WakeSignal _wake = new();

    /// <summary>There is something to send.</summary>
    internal void Wake() => _wake.Set();

    /// <summary>Works on one connection until it ends.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        var tries = 0;
        while (!connection.Ended.IsCancellationRequested)
        {
            if (PendingReducer.NextToSend(store.State) is not { } message)
            {
                await _wake.WaitAsync(connection.Ended).ConfigureAwait(false);
                continue;
            }

            var refusal = await SendAsync(connection, message).ConfigureAwait(false);
            if (refusal is null)
            {
                tries = 0;
            }
            else if (RetryDelay(refusal, ++tries) is { } delay)
            {
                await Task.Delay(delay, options.Time, connection.Ended).ConfigureAwait(false);
            }
            else
            {
                tries = 0;
                store.Update(state => PendingReducer.Failed(state, message.ChannelId, message.Nonce, refusal.Message));
            }
        }
    }

    // The acknowledgement is folded into the state by the reading loop, before it is here.
    private static async Task<Refusal?> SendAsync(ChatConnection connection, PendingMessage message)
    {
        var (id, content, nonce) = (message.ChannelId, message.Content, message.Nonce);
        var answer = message.Kind == MessageKind.Action
            ? await connection.AskAsync<SayAction, Ack>(new SayAction(null, content, id, nonce), connection.Ended).ConfigureAwait(false)
            : await connection.AskAsync<SayMessage, Ack>(new SayMessage(null, content, id, nonce), connection.Ended).ConfigureAwait(false);
        return answer.Refusal;
    }

    private static TimeSpan? RetryDelay(Refusal refusal, int tries) => refusal.Code switch
    {
        ErrorCode.RateLimited => RateDelay,
        ErrorCode.Busy or ErrorCode.Internal when tries < MaxTries =>
            TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), LongestRetryDelay.TotalSeconds)),
        _ => null,
    };
}
