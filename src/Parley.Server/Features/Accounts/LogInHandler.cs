using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

internal sealed class LogInHandler(
    Database database, PasswordHasher hasher, LoginThrottle throttle, KnownAddresses known, Arrival arrival) : IStepsHandler<LogIn>
{
    /// <summary>What is told whether the name or the password is the wrong one.</summary>
    public const string Wrong = "Invalid username or password.";

    public async ValueTask HandleAsync(LogIn command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = UserNameRule.Normalize(command.Username);
        var (user, isKnown) = database.Read(
            db => UserStore.Find(db, name) is { } found ? (found, known.Find(db, found.Id, connection.Address, connection.Now).IsKnown) : (null, false));
        if (throttle.RefuseAttempt(name, connection.Address, isKnown) is { } refusal)
        {
            connection.Send(Arrival.Refused(refusal), reference);
            return;
        }

        var priority = new HashPriority(isKnown ? HashPrecedence.Known : HashPrecedence.LogIn, connection.Address, user?.Username ?? name);
        if (await hasher.VerifyAsync(command.Password ?? "", user?.PasswordHash, priority, cancellationToken) is not { } fits)
        {
            throttle.UndoAttempt(name, connection.Address, isKnown);
            connection.Send(Arrival.Refused(PasswordHasher.BusyMessage), reference);
            return;
        }

        if (user is null || !fits)
        {
            connection.Send(Arrival.Refused(Wrong), reference);
            return;
        }

        throttle.UndoAttempt(name, connection.Address, isKnown);
        if (Admission.Refuse(user, connection.Now) is { } shut)
        {
            connection.Send(Arrival.Refused(shut), reference);
            return;
        }

        var token = SessionStore.NewToken();
        // The password may have been changed while this one was hashed.
        var session = await connection.WriteStepAsync(
            db =>
            {
                if (!UserStore.Admit(db, user, connection.Now))
                    return 0;
                known.Keep(db, user.Id, connection.Address, connection.Now);
                return SessionStore.Add(db, token, user.Id, connection.ClientName, connection.Now);
            },
            cancellationToken);
        if (session == 0)
            connection.Send(Arrival.Refused(Wrong), reference);
        else
            await arrival.ArriveAsync(connection, new Identity(user.Id, user.Username, session), token, reference, cancellationToken, isOneTime: user.OneTimeUntil is not null);
    }
}
