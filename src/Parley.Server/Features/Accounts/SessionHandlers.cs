using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;

namespace Parley.Server.Features.Accounts;

/// <summary>Where somebody is logged in.</summary>
internal sealed class ListSessionsHandler(ServerParts parts, SessionConnections sessions) : IStepsHandler<ListSessions>
{
    public async ValueTask HandleAsync(ListSessions command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Identity is not { } identity)
            return;
        await connection.LastPageLeftAsync(cancellationToken);
        var now = connection.Now;
        var list = parts.Database.Read(store => SessionStore.Of(store, identity.Id, now))
            .Select(row => (Row: row, IsConnected: sessions.Of(row.Id).Count > 0))
            .OrderByDescending(s => s.Row.Id == identity.SessionId)
            .ThenByDescending(s => s.IsConnected ? now : s.Row.LastUsedAt)
            .Select(s => new SessionState(
                new SessionId(s.Row.Id),
                s.Row.Client,
                WireTime.FromMicroseconds(s.Row.CreatedAt),
                WireTime.FromMicroseconds(s.IsConnected ? now : s.Row.LastUsedAt),
                s.IsConnected,
                s.Row.Id == identity.SessionId))
            .ToArray();
        var page = WrittenAnswer.Of(connection.Session, new Answer(command, reference, Outcome.Answer(new SessionList(list))));
        connection.SayPage(page, page.Bytes);
    }
}

/// <summary>Logs out another device (or this one).</summary>
internal sealed class EndSessionHandler(SessionConnections sessions) : IStepsHandler<EndSession>
{
    /// <summary>The last word to a connection that another one of the same user has ended.</summary>
    public static Closing Elsewhere { get; } = new(CloseReason.LoggedOut, "You were logged out from another device.", ReconnectAdvice.Never);

    public async ValueTask HandleAsync(EndSession command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Identity is not { } identity)
            return;
        if (command.SessionId is not { Value: var session })
        {
            connection.Refuse(Refusal.Invalid(RefusalKey.SessionNeeded), reference);
            return;
        }

        if (!await connection.WriteStepAsync(store => SessionStore.Remove(store, identity.Id, session), CancellationToken.None))
        {
            connection.Refuse(new Refusal(ErrorCode.NotFound, RefusalKey.NoSuchSession), reference);
            return;
        }

        connection.Say(Outcome.Done(), reference);
        sessions.Close(session, session == identity.SessionId ? Arrival.LoggedOut : Elsewhere);
    }
}

/// <summary>Logs out all other devices.</summary>
internal sealed class EndOtherSessionsHandler(SessionConnections sessions) : IStepsHandler<EndOtherSessions>
{
    public async ValueTask HandleAsync(EndOtherSessions command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Identity is not { } identity)
            return;
        var ended = await connection.WriteStepAsync(store => SessionStore.RemoveAll(store, identity.Id, identity.SessionId), CancellationToken.None);
        connection.Say(Outcome.Done(), reference);
        foreach (var session in ended)
            sessions.Close(session, EndSessionHandler.Elsewhere);
    }
}
