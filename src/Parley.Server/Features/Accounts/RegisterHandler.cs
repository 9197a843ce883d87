using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Limits;

namespace Parley.Server.Features.Accounts;

internal sealed class RegisterHandler(ServerParts parts, PasswordHasher hasher, LoginThrottle throttle, Arrival arrival) : IStepsHandler<Register>
{
    private const string Taken = "Username already taken.";

    public async ValueTask HandleAsync(Register command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = UserNameRule.Normalize(command.Username);
        var refusal = UserNameRule.Check(name)
            ?? PasswordRule.Check(command.Password)
            ?? (parts.Database.Read(store => UserStore.Find(store, name)) is null ? null : Taken)
            ?? throttle.TryRegister(connection.Address);
        if (refusal is not null)
        {
            connection.Say(Arrival.Refused(refusal, reference), reference);
            return;
        }

        if (await hasher.HashAsync(command.Password ?? "").WaitAsync(cancellationToken) is not { } hash)
        {
            throttle.NotRegistered(connection.Address);
            connection.Say(Arrival.Refused(PasswordHasher.BusyMessage, reference), reference);
            return;
        }

        var token = SessionStore.NewToken();
        var added = await connection.WriteStepAsync(
            store => UserStore.Add(store, name, hash, parts.Time.GetUtcNow()) is { } id ? Tuple.Create(id, SessionStore.Add(store, token, id, connection.ClientName, connection.Now)) : null,
            cancellationToken);
        if (added is null)
        {
            connection.Say(Arrival.Refused(Taken, reference), reference);
            return;
        }

        parts.FanOut.Attendance.Total.Add(1);
        await arrival.ArriveAsync(connection, new Events.Identity(added.Item1, name, added.Item2), token, reference, cancellationToken);
    }
}
