using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.ReadState;

namespace Parley.Server.Features.Channels;

/// <summary>The channels that somebody sees, in pages, each as in <c>ready</c>.</summary>
internal sealed class ListChannelsHandler : IHeldReadHandler<ListChannels>
{
    public Refusal? Check(ref ListChannels command) => Paging.Refuse(command.Limit);

    public HeldReply Read(ListChannels command, CommandContext context)
    {
        var limit = command.Limit ?? ChannelStore.MostChannels;
        // Names have at most 30 characters; a longer cursor is simply compared with them.
        var found = ReadStateStore.Channels(context.Db, context.Actor.Id, ChannelNameRule.Normalize(command.Cursor), limit + 1);
        var page = found.Take(limit).ToList();
        var next = page.Count < found.Count ? page[^1].Name : null;
        return new HeldReply(new ChannelList(ChannelSummaries.ToEntries(page), next), ChannelSummaries.IsIncludedIn(page));
    }
}
