using Parley.Protocol.Features;
using Parley.Server.Commands;

namespace Parley.Server.Features.Accounts;

/// <summary>Logs out this device.</summary>
internal sealed class LogOutHandler : IEndSessionsHandler<LogOut>
{
    public EndedSessions Handle(LogOut command, CommandContext context)
    {
        SessionStore.Remove(context.Db, context.Actor.SessionId);
        return new EndedSessions([context.Actor.SessionId], Arrival.LoggedOut);
    }
}
