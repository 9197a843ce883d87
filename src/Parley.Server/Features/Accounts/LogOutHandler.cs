using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;

namespace Parley.Server.Features.Accounts;

internal sealed class LogOutHandler(SessionConnections sessions) : IStepsHandler<LogOut>
{
    public async ValueTask HandleAsync(LogOut command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Identity is not { } identity)
            return;
        await connection.WriteStepAsync(store => SessionStore.Remove(store, identity.SessionId), CancellationToken.None);
        connection.Say(Outcome.Done(), reference);
        sessions.Close(identity.SessionId, Arrival.LoggedOut);
    }
}
