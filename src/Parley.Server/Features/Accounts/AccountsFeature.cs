using Parley.Protocol.Wire;
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
            .Steps("auth_register", ProtocolJson.Default.Register, new RegisterHandler(parts, hasher, throttle, known, gate, arrival), Access.Stranger)
            .Steps("auth_login", ProtocolJson.Default.LogIn, new LogInHandler(parts, hasher, throttle, known, arrival), Access.Stranger)
            .Steps("hello", ProtocolJson.Default.Hello, new HelloHandler(parts, known, arrival), Access.Stranger)
            .Steps("logout", ProtocolJson.Default.LogOut, new LogOutHandler(sessions), Access.MemberOfLevel2)
            .Steps("password_change", ProtocolJson.Default.ChangePassword, new ChangePasswordHandler(parts, hasher, throttle, known, sessions), Access.MemberOfLevel2)
            .Steps("session_list", ProtocolJson.Default.ListSessions, new ListSessionsHandler(parts, sessions), Access.MemberOfLevel2)
            .Steps("session_end", ProtocolJson.Default.EndSession, new EndSessionHandler(sessions), Access.MemberOfLevel2)
            .Steps("session_end_others", ProtocolJson.Default.EndOtherSessions, new EndOtherSessionsHandler(sessions), Access.MemberOfLevel2)
            .Steps("ping", ProtocolJson.Default.Ping, new PingHandler(), Access.MemberOfLevel2);
    }
}
