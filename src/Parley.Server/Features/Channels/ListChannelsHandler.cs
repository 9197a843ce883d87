using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Channels;

internal sealed class ListChannelsHandler : IReadHandler<ListChannels>
{
    public Outcome Handle(ListChannels command, CommandContext context) =>
        Outcome.Answer(new ChannelList(ChannelStore.AllPublic(context.Store)) { Ref = context.Ref }, ProtocolJson.Default.ChannelList);
}
