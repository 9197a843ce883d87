using Parley.Server.Commands;
using Parley.Server.Storage;

namespace Parley.Server.Features.Members;

/// <summary>Who is on this server, and what people choose to be shown as. (Who is here at all is known to the fan-out: Events/People/Attendance.cs.)</summary>
internal static class MembersFeature
{
    public static void Map(CommandTable table, Database database) => table
        .Steps("member_list", new ListMembersHandler(database))
        .Read("profile", new ProfileHandler())
        .Write("status_set", new SetStatusHandler())
        .Answer("idle", new SetIdleHandler());
}
