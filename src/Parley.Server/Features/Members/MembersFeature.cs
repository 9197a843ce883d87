using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;

namespace Parley.Server.Features.Members;

/// <summary>Who is in a channel, and what people choose to be shown as. (Who is here at all is the fan-out's own knowledge: Events/Attendance.cs.)</summary>
internal static class MembersFeature
{
    public static void Map(CommandTable table, ServerParts parts) =>
        table
            .Steps("user_list", ProtocolJson.Default.ListUsers, new ListUsersHandler(parts), Access.Member)
            .Steps("member_list", ProtocolJson.Default.ListMembers, new ListMembersHandler(parts), Access.MemberOfLevel2)
            .Read("profile", ProtocolJson.Default.AskProfile, new ProfileHandler(), Access.MemberOfLevel2)
            .Write("status_set", ProtocolJson.Default.SetStatus, new SetStatusHandler(), Access.MemberOfLevel2)
            .Steps("idle", ProtocolJson.Default.SetIdle, new SetIdleHandler(), Access.MemberOfLevel2);
}
