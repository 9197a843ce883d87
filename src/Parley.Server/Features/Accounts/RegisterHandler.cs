using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features.Invites;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

internal sealed class RegisterHandler(
    ServerCore core, PasswordHasher hasher, LoginThrottle throttle, KnownAddresses known, InviteGate gate, Arrival arrival) : IStepsHandler<Register>
{
    private const string Taken = "Username already taken.";
    private const long Uninvited = -1;

    public async ValueTask HandleAsync(Register command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        // First, so that those who may not register cannot learn which names have accounts.
        var code = gate.CodeOf(command, connection.Address, core.Database.Read, connection.Now, out var shut);
        if (shut is not null)
        {
            connection.Send(Arrival.Refused(shut), reference);
            return;
        }

        var name = UserNameRule.Normalize(command.Username);
        var refusal = UserNameRule.Check(name)
            ?? PasswordRule.Check(command.Password)
            ?? (core.Database.Read(db => UserStore.Find(db, name)) is null ? null : Taken)
            ?? throttle.RefuseRegistration(connection.Address);
        if (refusal is not null)
        {
            connection.Send(Arrival.Refused(refusal), reference);
            return;
        }

        if (await hasher.HashAsync(command.Password ?? "", new HashPriority(HashPrecedence.Registration, connection.Address, name), cancellationToken) is not { } hash)
        {
            throttle.NotRegistered(connection.Address);
            connection.Send(Arrival.Refused(PasswordHasher.BusyMessage), reference);
            return;
        }

        var token = SessionStore.NewToken();
        // Once it is written it is counted, whether or not the one who asked is still there.
        var (added, session) = await connection.WriteStepAsync(db => Write(db, name, hash, token, code, connection), CancellationToken.None);
        if (added is { } id)
        {
            core.FanOut.Attendance.Total.Add(1);
            await arrival.ArriveAsync(connection, new Identity(id, name, session), token, reference, cancellationToken);
            return;
        }

        connection.Send(session == Uninvited ? Arrival.Refused(InviteGate.Wrong) : Arrival.Refused(Taken), reference);
    }

    // Checked again: the code may have been used up meanwhile. Only a registration that succeeds uses it.
    private (UserId? Id, long Session) Write(DatabaseConnection db, string name, string hash, string token, string? code, Connection connection)
    {
        var now = connection.Now;
        if (code is not null && !InviteStore.IsUsable(db, code, now))
            return (null, Uninvited);
        if (UserStore.Add(db, name, hash, core.Time.GetUtcNow()) is not { } id)
            return (null, 0);
        if (code is not null)
            InviteStore.Use(db, code, now);
        known.Keep(db, id, connection.Address, now);
        return (id, SessionStore.Add(db, token, id, connection.ClientName, now));
    }
}
