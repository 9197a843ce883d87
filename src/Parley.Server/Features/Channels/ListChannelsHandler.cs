using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Channels;

/// <summary>The public channels, in pages; told as <c>ready</c> tells them.</summary>
internal sealed class ListChannelsHandler(ServerParts parts) : IStepsHandler<ListChannels>
{
    public async ValueTask HandleAsync(ListChannels command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (Paging.Refuse(command.Limit) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return;
        }

        var user = connection.Receiver.Identity?.Id ?? default;
        await connection.AnswerHeldAsync(parts, reference, () => Read(command, user), cancellationToken);
    }

    private (ServerMessage Reply, Func<ServerEvent, bool> Counts) Read(ListChannels command, UserId user)
    {
        var limit = command.Limit ?? ChannelStore.MostPublic;
        // Names are no longer than 30 characters: what is longer is behind all of them, or none.
        var found = parts.Database.Read(store => ReadStateStore.Channels(store, user, ChannelNameRule.Normalize(command.Cursor), limit + 1));
        var page = found.Take(limit).ToList();
        return (new ChannelList(VisibleChannels.ToEntries(page), page.Count < found.Count ? page[^1].Name : null), VisibleChannels.Counting(page));
    }
}
