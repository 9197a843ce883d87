using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Limits;

namespace Parley.Server.Features.Accounts;

internal sealed class LogInHandler(ServerParts parts, PasswordHasher hasher, LoginThrottle throttle, Arrival arrival) : IStepsHandler<LogIn>
{
    /// <summary>What is told whether the name or the password is the wrong one.</summary>
    public const string Wrong = "Invalid username or password.";

    public async ValueTask HandleAsync(LogIn command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = UserNameRule.Normalize(command.Username);
        if (throttle.TryLogIn(name, connection.Address) is { } refusal)
        {
            connection.Say(Arrival.Refused(refusal, reference), reference);
            return;
        }

        var user = parts.Database.Read(store => UserStore.Find(store, name));
        if (await hasher.VerifyAsync(command.Password ?? "", user?.PasswordHash).WaitAsync(cancellationToken) is not { } fits)
        {
            throttle.Succeeded(name, connection.Address);
            connection.Say(Arrival.Refused(PasswordHasher.BusyMessage, reference), reference);
            return;
        }

        if (user is null || !fits)
        {
            connection.Say(Arrival.Refused(Wrong, reference), reference);
            return;
        }

        throttle.Succeeded(name, connection.Address);
        if (Admission.Refuse(user, connection.Now) is { } shut)
        {
            connection.Say(Arrival.Refused(connection, shut, reference), reference);
            return;
        }

        var token = SessionStore.NewToken();
        // While it was looked at the password may have become another one.
        var session = await connection.WriteStepAsync(
            store => UserStore.Admit(store, user, connection.Now) ? SessionStore.Add(store, token, user.Id, connection.ClientName, connection.Now) : 0, cancellationToken);
        if (session == 0)
            connection.Say(Arrival.Refused(Wrong, reference), reference);
        else
            await arrival.ArriveAsync(connection, new Identity(user.Id, user.Username, session), token, reference, cancellationToken, isOneTime: user.OneTimeUntil is not null);
    }
}
