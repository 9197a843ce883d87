using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Channels;

/// <summary>What a person does with channels.</summary>
internal sealed class ChannelsApi(ChatStore store, ServerLink link)
{
    internal async Task<Answer<ChannelId>> CreateAsync(string name, string description, CancellationToken cancellationToken)
    {
        var connection = link.RequireConnection();
        var answer = await connection.AskAsync<CreateChannel, Done>(new CreateChannel(name, description), cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var done, out var refusal))
            return new Answer<ChannelId>(refusal);
        var id = done.ChannelId ?? throw new ProtocolViolationException("The server made a channel and did not say which.");

        // Its news may come after the answer, and nobody is to be led to a channel that the state does not have.
        await store.WaitForAsync(state => state.Channels.Any(c => c.Id == id), connection.Ended, cancellationToken).ConfigureAwait(false);
        return new Answer<ChannelId>(id);
    }
}
