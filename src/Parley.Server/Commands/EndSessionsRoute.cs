using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

internal sealed class EndSessionsRoute<TCommand>(IEndSessionsHandler<TCommand> handler, SessionConnections sessions) : Route<TCommand>(Access.Member, handler)
    where TCommand : Command
{
    protected override async ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        // To its end, even where the connection ends meanwhile: what is committed has its connections closed.
        var (actor, at) = (connection.Identity, connection.Now);
        var ended = await connection.WriteStepAsync(db => handler.Handle(command, new CommandContext(actor, at, db)), CancellationToken.None);
        connection.Send(ended.Refusal is { } refused ? Outcome.Refuse(refused) : Outcome.Done(), reference);
        foreach (var session in ended.Sessions)
            sessions.Close(session, ended.Closing!); // There with the sessions.
    }
}
