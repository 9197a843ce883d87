using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Channels;

/// <summary>Level 1 is told names and descriptions, all at once; level 2 pages, as <c>ready</c> tells channels.</summary>
internal sealed class ListChannelsHandler(ServerParts parts) : IStepsHandler<ListChannels>
{
    public async ValueTask HandleAsync(ListChannels command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Level == 1)
        {
            await connection.ReadAsync(WholeList.Instance, command, reference, cancellationToken);
            return;
        }

        if (Paging.Refuse(command.Limit) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return;
        }

        var user = connection.Receiver.Identity?.Id ?? default;
        await connection.AnswerHeldAsync(parts, _ => 0, _ => Write(command, user, reference), cancellationToken);
    }

    private HeldAnswer Write(ListChannels command, UserId user, RequestRef? reference)
    {
        var limit = command.Limit ?? ChannelStore.MostPublic;
        // Names are no longer than 30 characters: what is longer is behind all of them, or none.
        var found = parts.Database.Read(store => ReadStateStore.Channels(store, user, ChannelNameRule.Normalize(command.Cursor), limit + 1));
        var page = found.Take(limit).ToList();
        var block = FrameBlock.Rent();
        block.Append(
            new ChannelList(VisibleChannels.ToEntries(page), page.Count < found.Count ? page[^1].Name : null) { Ref = reference }, ProtocolJson.Default.ChannelList);
        return new HeldAnswer(block, VisibleChannels.Counting(page));
    }

    private sealed class WholeList : IReadHandler<ListChannels>
    {
        public static WholeList Instance { get; } = new();

        public Outcome Handle(ListChannels command, CommandContext context) =>
            Outcome.Answer(new ChannelList(ChannelStore.AllPublic(context.Store)) { Ref = context.Ref }, ProtocolJson.Default.ChannelList);
    }
}
