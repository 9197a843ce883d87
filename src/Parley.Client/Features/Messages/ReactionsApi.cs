using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>What a person asks of reactions; to react is a change (<see cref="MessagesApi"/>).</summary>
internal sealed class ReactionsApi(ServerLink link)
{
    internal async Task<Answer<IReadOnlyList<SelfState>>> ListAsync(MessageId message, string emoji, CancellationToken cancellationToken)
    {
        var answer = await link.RequireConnection()
            .AskAsync<ListReactions, ReactionUsers>(new ListReactions(message, emoji), cancellationToken).ConfigureAwait(false);
        return answer.TryGet(out var list, out var refusal) ? new(list.Users) : new(refusal);
    }
}
