using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Features.Invites;
using Parley.Server.Limits;

namespace Parley.Server.Features.Accounts;

/// <summary>Accounts, sessions, and how a connection arrives.</summary>
internal static class AccountsFeature
{
    public static void Map(CommandTable table, ServerCore core, AccountServices accounts, ServerLimits limits)
    {
        var (hasher, sessions, admission) = accounts;
        var database = core.Database;
        var arrival = new Arrival(database, sessions);
        var known = KnownAddresses.Open(database);
        var gate = new InviteGate(admission, limits, core.Time);
        var throttle = new LoginThrottle(limits, core.Time);
        table
            .Steps("auth_register", new RegisterHandler(core, hasher, throttle, known, gate, arrival), Access.Unauthenticated)
            .Steps("auth_login", new LogInHandler(database, hasher, throttle, known, arrival), Access.Unauthenticated)
            .Steps("hello", new HelloHandler(database, core.Writes, admission, known, arrival), Access.Unauthenticated)
            .EndSessions("logout", new LogOutHandler(), sessions)
            .Steps("password_change", new ChangePasswordHandler(database, hasher, throttle, known, sessions))
            .Read("session_list", new ListSessionsHandler(sessions.IsConnected))
            .EndSessions("session_end", new EndSessionHandler(), sessions)
            .EndSessions("session_end_others", new EndOtherSessionsHandler(), sessions)
            .Answer("ping", new PingHandler());
    }
}
