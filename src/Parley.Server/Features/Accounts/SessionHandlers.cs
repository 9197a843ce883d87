using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Accounts;

/// <summary>Where somebody is logged in.</summary>
/// <param name="isConnected">Whether a session has a connection now.</param>
internal sealed class ListSessionsHandler(Func<long, bool> isConnected) : IReadHandler<ListSessions>
{
    public Outcome Handle(ListSessions command, CommandContext context)
    {
        var (own, now) = (context.Actor.SessionId, context.At);
        var list = SessionStore.Of(context.Store, context.Actor.Id, now)
            .Select(row => (Row: row, IsConnected: isConnected(row.Id)))
            .OrderByDescending(s => s.Row.Id == own)
            .ThenByDescending(s => s.IsConnected ? now : s.Row.LastUsedAt)
            .Select(s => new SessionState(
                new SessionId(s.Row.Id),
                s.Row.Client,
                WireTime.FromMicroseconds(s.Row.CreatedAt),
                WireTime.FromMicroseconds(s.IsConnected ? now : s.Row.LastUsedAt),
                s.IsConnected,
                s.Row.Id == own))
            .ToArray();
        return Outcome.Answer(new SessionList(list));
    }
}

/// <summary>Logs out this device.</summary>
internal sealed class LogOutHandler : IEndSessionsHandler<LogOut>
{
    public EndedSessions Handle(LogOut command, CommandContext context)
    {
        SessionStore.Remove(context.Store, context.Actor.SessionId);
        return new EndedSessions([context.Actor.SessionId], Arrival.LoggedOut);
    }
}

/// <summary>Logs out another device (or this one).</summary>
internal sealed class EndSessionHandler : IEndSessionsHandler<EndSession>
{
    /// <summary>To a connection that another one of the same user has ended.</summary>
    public static Closing Elsewhere { get; } = new(CloseReason.LoggedOut, "You were logged out from another device.", ReconnectAdvice.Never);

    public Refusal? Check(ref EndSession command) => command.SessionId is null ? Refusal.Invalid(RefusalKey.SessionNeeded) : null;

    public EndedSessions Handle(EndSession command, CommandContext context)
    {
        var session = command.SessionId.GetValueOrDefault().Value; // It was checked.
        if (!SessionStore.Remove(context.Store, context.Actor.Id, session))
            return new Refusal(ErrorCode.NotFound, RefusalKey.NoSuchSession);
        return new EndedSessions([session], session == context.Actor.SessionId ? Arrival.LoggedOut : Elsewhere);
    }
}

/// <summary>Logs out all other devices.</summary>
internal sealed class EndOtherSessionsHandler : IEndSessionsHandler<EndOtherSessions>
{
    public EndedSessions Handle(EndOtherSessions command, CommandContext context) =>
        new(SessionStore.RemoveAll(context.Store, context.Actor.Id, context.Actor.SessionId), EndSessionHandler.Elsewhere);
}
