using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// Another password ends every session that was made by the former one, and their connections; the one that asks goes on in a session of its own. Whoever
/// asks has to know the former password: a device that was left open must not lock its owner out.
/// </summary>
internal sealed class ChangePasswordHandler(
    Database database, PasswordHasher hasher, LoginThrottle throttle, KnownAddresses known, SessionConnections sessions) : IStepsHandler<ChangePassword>
{
    private const string Wrong = "That is not your current password.";

    private static readonly Closing Changed = new(CloseReason.LoggedOut, "Your password was changed. Log in with the new one.", ReconnectAdvice.Never);

    public async ValueTask HandleAsync(ChangePassword command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (connection.Receiver.Identity is not { } identity)
            return;
        void Refuse(string error) => connection.Send(Arrival.Refused(error), reference);
        if ((PasswordRule.Check(command.NewPassword) ?? throttle.RefuseAttempt(identity.Username, connection.Address, isKnown: true)) is { } refusal)
        {
            Refuse(refusal);
            return;
        }

        var user = database.Read(db => UserStore.Find(db, identity.Id));
        var priority = new HashPriority(HashPrecedence.Known, connection.Address, identity.Username); // Who has a session is known, whatever others try meanwhile.
        var fits = await hasher.VerifyAsync(command.OldPassword ?? "", user?.PasswordHash, priority, cancellationToken);
        if (user is null || fits is false)
        {
            Refuse(Wrong);
            return;
        }

        throttle.UndoAttempt(identity.Username, connection.Address, isKnown: true);
        if (fits is null || await hasher.HashAsync(command.NewPassword ?? "", priority, cancellationToken) is not { } hash)
        {
            Refuse(PasswordHasher.BusyMessage);
            return;
        }

        var token = SessionStore.NewToken();
        var written = await connection.WriteStepAsync(
            db =>
            {
                if (!UserStore.SetPassword(db, user.Id, user.PasswordHash, hash))
                    return null;
                KnownAddresses.RemoveAll(db, user.Id);
                known.Keep(db, user.Id, connection.Address, connection.Now);
                return new Renewal(SessionStore.RemoveAll(db, user.Id, except: 0), SessionStore.Add(db, token, user.Id, connection.ClientName, connection.Now));
            },
            CancellationToken.None); // Once it is written it has consequences for others, whether or not the one who asked is still there.
        if (written is null)
        {
            Refuse(Wrong); // Another device was faster.
            return;
        }

        sessions.Move(connection, identity with { SessionId = written.Session });
        connection.Send(Outcome.Answer(new AuthResult(true, token, user.Username, null)), reference);
        CloseEnded(connection, written);
    }

    private void CloseEnded(Connection connection, Renewal written)
    {
        foreach (var ended in written.Ended)
            sessions.Close(ended, Changed);
        // A ban that was written meanwhile did not find this connection by its new session.
        if (!database.Read(db => SessionStore.IsThere(db, written.Session)))
            connection.Close(Arrival.LoggedOut);
    }

    private sealed record Renewal(IReadOnlyList<long> Ended, long Session);
}
