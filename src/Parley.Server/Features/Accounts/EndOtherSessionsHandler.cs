using Parley.Protocol.Features;
using Parley.Server.Commands;

namespace Parley.Server.Features.Accounts;

/// <summary>Logs out all other devices.</summary>
internal sealed class EndOtherSessionsHandler : IEndSessionsHandler<EndOtherSessions>
{
    public EndedSessions Handle(EndOtherSessions command, CommandContext context) =>
        new(SessionStore.RemoveAll(context.Db, context.Actor.Id, context.Actor.SessionId), EndSessionHandler.Elsewhere);
}
