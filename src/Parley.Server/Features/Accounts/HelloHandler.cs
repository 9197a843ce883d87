using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Hosting;

namespace Parley.Server.Features.Accounts;

internal sealed class HelloHandler(ServerParts parts, Arrival arrival) : IStepsHandler<Hello>
{
    public static Refusal InvalidToken { get; } = new(ErrorCode.InvalidToken, "This session has ended. Log in again.");

    public async ValueTask HandleAsync(Hello command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.Receiver.Level = 2;
        connection.ClientName = SessionStore.CleanClientName(command.Client);
        if (string.IsNullOrEmpty(command.Token))
        {
            connection.Say(Outcome.Answer(new Welcome(2, ServerVersion.Text, parts.Admission.ServerName, parts.Admission.ToldJoining) { Ref = reference }, ProtocolJson.Default.Welcome), reference);
            return;
        }

        if (parts.Database.Read(store => SessionStore.Find(store, command.Token, connection.Now)) is not { } session)
        {
            connection.Refuse(InvalidToken, reference);
            return;
        }

        if (session.IsDue || (session.Client != connection.ClientName && connection.ClientName.Length > 0))
        {
            await connection.WriteStepAsync(
                store => SessionStore.Prolong(store, session.Identity.SessionId, connection.Now) && SessionStore.SetClient(store, session.Identity.SessionId, connection.ClientName),
                cancellationToken);
        }

        await arrival.ComeBackAsync(connection, session.Identity, reference, cancellationToken);
    }
}
