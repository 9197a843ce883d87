using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

internal sealed class HelloHandler(Database database, WriteQueue writes, AdmissionRules admission, KnownAddresses known, Arrival arrival) : IStepsHandler<Hello>
{
    public async ValueTask HandleAsync(Hello command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.ClientName = SessionStore.CleanClientName(command.Client);
        if (string.IsNullOrEmpty(command.Token))
        {
            connection.Send(Outcome.Answer(new Welcome(2, ServerVersion.Text, admission.ServerName, admission.ToldJoining)), reference);
            return;
        }

        var isAddressDue = false;
        var found = database.Read(store =>
        {
            var its = SessionStore.Find(store, command.Token, connection.Now);
            isAddressDue = its is { Identity.Id: var user } && known.Find(store, user, connection.Address, connection.Now).IsDue;
            return its;
        });
        if (found is not { } session)
        {
            connection.Refuse(Arrival.SessionEnded, reference);
            return;
        }

        // Not awaited: the arrival does not depend on it.
        if (isAddressDue)
            writes.Write(store => known.Keep(store, session.Identity.Id, connection.Address, connection.Now), session.Identity.Id.Value);

        if (session.IsDue || (session.Client != connection.ClientName && connection.ClientName.Length > 0))
        {
            await connection.WriteStepAsync(
                store => SessionStore.Prolong(store, session.Identity.SessionId, connection.Now) && SessionStore.SetClient(store, session.Identity.SessionId, connection.ClientName),
                cancellationToken);
        }

        await arrival.ComeBackAsync(connection, session.Identity, reference, cancellationToken);
    }
}
