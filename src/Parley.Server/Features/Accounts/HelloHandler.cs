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
        var found = database.Read(db =>
        {
            var its = SessionStore.Find(db, command.Token, connection.Now);
            isAddressDue = its is { Identity.Id: var user } && known.Find(db, user, connection.Address, connection.Now).IsDue;
            return its;
        });
        if (found is not { } session)
        {
            connection.Refuse(Arrival.SessionEnded, reference);
            return;
        }

        // Not awaited: the arrival does not depend on it.
        if (isAddressDue)
            writes.Write(db => known.Keep(db, session.Identity.Id, connection.Address, connection.Now), session.Identity.Id.Value);

        if (session.IsDue || (session.Client != connection.ClientName && connection.ClientName.Length > 0))
        {
            await connection.WriteStepAsync(
                db => SessionStore.Prolong(db, session.Identity.SessionId, connection.Now) && SessionStore.SetClient(db, session.Identity.SessionId, connection.ClientName),
                cancellationToken);
        }

        await arrival.ComeBackAsync(connection, session.Identity, reference, cancellationToken);
    }
}
