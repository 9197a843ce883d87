using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events.People;
using Parley.Server.Features.Invites;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>Accounts, sessions, and how a connection arrives.</summary>
internal static class AccountsFeature
{
    public static void Map(
        CommandTable table,
        Database database,
        WriteQueue writes,
        MemberCount members,
        PasswordHasher hasher,
        SessionConnections sessions,
        AdmissionRules admission,
        ServerLimits limits,
        TimeProvider time)
    {
        var arrival = new Arrival(database, sessions);
        var known = KnownAddresses.Open(database);
        var gate = new InviteGate(admission, limits, time);
        var throttle = new LoginThrottle(limits, time);
        table
            .Steps("auth_register", new RegisterHandler(database, members, hasher, throttle, known, gate, arrival, time), Access.Unauthenticated)
            .Steps("auth_login", new LogInHandler(database, hasher, throttle, known, arrival), Access.Unauthenticated)
            .Steps("hello", new HelloHandler(database, writes, admission, known, arrival), Access.Unauthenticated)
            .EndSessions("logout", new LogOutHandler(), sessions)
            .Steps("password_change", new ChangePasswordHandler(database, hasher, throttle, known, sessions))
            .Read("session_list", new ListSessionsHandler(sessions.IsConnected))
            .EndSessions("session_end", new EndSessionHandler(), sessions)
            .EndSessions("session_end_others", new EndOtherSessionsHandler(), sessions)
            .Answer("ping", new PingHandler());
    }
}
