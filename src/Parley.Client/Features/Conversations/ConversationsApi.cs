using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Conversations;

/// <summary>What a person does with direct conversations.</summary>
internal sealed class ConversationsApi(ChatStore store, ServerLink link, MessagesApi messages)
{
    internal async Task<Answer<ChannelId>> OpenAsync(string to, CancellationToken cancellationToken)
    {
        var name = UserNameRule.Normalize(to);
        if (store.State.Conversations.FirstOrDefault(c => string.Equals(c.WithUsername, name, StringComparison.OrdinalIgnoreCase)) is { } known)
            return new Answer<ChannelId>(known.Id);
        var connection = link.RequireConnection();
        var answer = await connection.AskAsync<OpenConversation, Done>(new OpenConversation(name), cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var done, out var refusal))
            return new Answer<ChannelId>(refusal);
        var id = done.ChannelId ?? throw new ProtocolViolationException("The server opened a conversation and did not say which.");

        // Its news may come after the answer, and nobody is to be led to a conversation that the state does not have.
        await store.WaitForAsync(state => state.Conversations.Any(c => c.Id == id), connection.Ended, cancellationToken).ConfigureAwait(false);
        return new Answer<ChannelId>(id);
    }

    internal async Task<Answer<ChannelId>> SayAsync(string to, string content, CancellationToken cancellationToken)
    {
        if (ContentRule.Check(content, out _) is { } error)
            return new Answer<ChannelId>(new Refusal(ErrorCode.Invalid, error));
        var opened = await OpenAsync(to, cancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var id, out _))
            return opened;
        await messages.SayAsync(id, MessageKind.Message, content, replyTo: null, cancellationToken).ConfigureAwait(false);
        return opened;
    }
}
