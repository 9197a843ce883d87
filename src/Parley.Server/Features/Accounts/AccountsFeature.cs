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
            .Steps("logout", new LogOutHandler(sessions))
            .Steps("password_change", new ChangePasswordHandler(parts, hasher, throttle, known, sessions))
            .Steps("session_list", new ListSessionsHandler(parts, sessions))
            .Steps("session_end", new EndSessionHandler(sessions))
            .Steps("session_end_others", new EndOtherSessionsHandler(sessions))
            .Steps("ping", new PingHandler());
    }
}
