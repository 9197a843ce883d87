using Parley.Server.Commands;
using Parley.Server.Limits;

namespace Parley.Server.Features.Channels;

/// <summary>Channels: how they are made and listed.</summary>
internal static class ChannelsFeature
{
    public static void Map(CommandTable table, ServerLimits limits) => table
        .Write("channel_create", new CreateChannelHandler(limits.ChannelsPerHour))
        .HeldRead("channel_list", new ListChannelsHandler());
}
