using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Channels;

namespace Parley.Server.Doors.Level1;

/// <summary>All channels at once, by name and description.</summary>
internal sealed class Level1ListChannelsHandler : IReadHandler<ListChannels>
{
    public Outcome Handle(ListChannels command, CommandContext context) => Outcome.Answer(new ChannelList(ChannelStore.AllSeen(context.Db, context.Actor.Id)));
}
