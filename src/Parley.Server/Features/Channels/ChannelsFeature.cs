using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Level1;

namespace Parley.Server.Features.Channels;

/// <summary>Public channels, and level 1's way through them.</summary>
internal static class ChannelsFeature
{
    public static void Map(CommandTable table, ServerParts parts) => table
        .Write("channel_create", ProtocolJson.Default.CreateChannel, new CreateChannelHandler(parts.Limits.ChannelsPerHour))
        .Steps("channel_list", ProtocolJson.Default.ListChannels, new ListChannelsHandler(parts), Access.Member)
        .Steps("channel_join", ProtocolJson.Default.JoinChannel, new JoinChannelHandler(parts), Access.MemberOfLevel1)
        .Steps("channel_leave", ProtocolJson.Default.LeaveChannel, new LeaveChannelHandler(parts), Access.MemberOfLevel1);
}
