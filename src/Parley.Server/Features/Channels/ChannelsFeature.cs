using Parley.Server.Commands;
using Parley.Server.Connections;

namespace Parley.Server.Features.Channels;

/// <summary>Public channels.</summary>
internal static class ChannelsFeature
{
    public static void Map(CommandTable table, ServerParts parts) => table
        .Write("channel_create", new CreateChannelHandler(parts.Limits.ChannelsPerHour))
        .Steps("channel_list", new ListChannelsHandler(parts));
}
