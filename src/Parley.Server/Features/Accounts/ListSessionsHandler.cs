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
        var list = SessionStore.Of(context.Db, context.Actor.Id, now)
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
