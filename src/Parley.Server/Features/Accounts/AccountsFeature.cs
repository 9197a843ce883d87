using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Features.Invites;
using Parley.Server.Limits;

namespace Parley.Server.Features.Accounts;

/// <summary>Accounts, sessions, and how a connection arrives.</summary>
internal static class AccountsFeature
{
    public static void Map(CommandTable table, ServerParts parts, PasswordHasher hasher, LoginThrottle throttle, SessionConnections sessions)
    {
        var arrival = new Arrival(parts, sessions);
        var known = KnownAddresses.Open(parts.Database);
        var gate = new InviteGate(parts.Admission, parts.Limits, parts.Time);
        table
            .Steps("auth_register", new RegisterHandler(parts, hasher, throttle, known, gate, arrival), Access.Stranger)
            .Steps("auth_login", new LogInHandler(parts, hasher, throttle, known, arrival), Access.Stranger)
            .Steps("hello", new HelloHandler(parts, known, arrival), Access.Stranger)
            .EndSessions("logout", new LogOutHandler(), sessions)
            .Steps("password_change", new ChangePasswordHandler(parts, hasher, throttle, known, sessions))
            .Read("session_list", new ListSessionsHandler(sessions.IsConnected))
            .EndSessions("session_end", new EndSessionHandler(), sessions)
            .EndSessions("session_end_others", new EndOtherSessionsHandler(), sessions)
            .Answer("ping", new PingHandler());
    }
}
