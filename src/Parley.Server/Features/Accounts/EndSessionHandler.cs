using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Accounts;

/// <summary>Logs out another device (or this one).</summary>
internal sealed class EndSessionHandler : IEndSessionsHandler<EndSession>
{
    /// <summary>To a connection that another one of the same user has ended.</summary>
    public static Closing Elsewhere { get; } = new(CloseReason.LoggedOut, "You were logged out from another device.", ReconnectAdvice.Never);

    public Refusal? Check(ref EndSession command) => command.SessionId is null ? Refusal.Invalid(RefusalKey.SessionNeeded) : null;

    public EndedSessions Handle(EndSession command, CommandContext context)
    {
        var session = command.SessionId.GetValueOrDefault().Value; // It was checked.
        if (!SessionStore.Remove(context.Db, context.Actor.Id, session))
            return new Refusal(ErrorCode.NotFound, RefusalKey.NoSuchSession);
        return new EndedSessions([session], session == context.Actor.SessionId ? Arrival.LoggedOut : Elsewhere);
    }
}
