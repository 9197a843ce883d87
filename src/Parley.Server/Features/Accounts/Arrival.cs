using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// How a connection that has logged in joins the live stream: it is held (<see cref="Holding"/>) while its initial snapshot is read and written. Where that
/// fails it is closed with a reason.
/// </summary>
internal sealed class Arrival(Database database, SessionConnections sessions)
{
    // Long enough behind thousands who come at once. A client tries again later.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly Closing TooLate = new(CloseReason.Limit, "The server is busy. Try again later.", ReconnectAdvice.Later);

    /// <summary>The session of a token has ended, or never was.</summary>
    public static Refusal SessionEnded { get; } = new(ErrorCode.InvalidToken, RefusalKey.SessionEnded);

    /// <summary>What is told to a connection whose session was ended by the person.</summary>
    public static Closing LoggedOut { get; } = new(CloseReason.LoggedOut, "You are logged out.", ReconnectAdvice.Never);

    public static Outcome Refused(string error) => Outcome.Answer(new AuthResult(false, null, null, error));

    public static Outcome Refused(AdmissionRefusal refusal) => Outcome.Answer(new AuthResult(false, null, null, refusal.Message, refusal.Code));

    /// <summary>After a login or registration.</summary>
    public ValueTask ArriveAsync(
        Connection connection, Identity identity, string token, RequestRef? reference, CancellationToken cancellationToken, bool isOneTime = false)
    {
        var login = new AuthResult(true, token, identity.Username, null, OneTime: isOneTime ? true : null);
        // Where the session is gone the password was changed between the look at it and here. The login itself is answered already, or by the initial snapshot.
        return EnterAsync(connection, connection.Session.Enter(connection, identity, login, reference), null, cancellationToken);
    }

    /// <summary>By a token.</summary>
    public ValueTask ComeBackAsync(Connection connection, Identity identity, RequestRef? reference, CancellationToken cancellationToken) =>
        // Where the session is gone it was logged out between the look at the token and here, by a connection that could not know of this one yet.
        EnterAsync(connection, connection.Session.Enter(connection, identity, null, reference), reference, cancellationToken);

    private async ValueTask EnterAsync(Connection connection, InitialSnapshot snapshot, RequestRef? reference, CancellationToken cancellationToken)
    {
        var (receiver, identity) = (connection.Receiver, snapshot.Identity);
        receiver.Identity = identity;
        sessions.Add(identity.SessionId, connection);
        connection.Ended = () => sessions.Remove(connection);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            if (await connection.HoldAsync(Begin, chosen => database.Read(db => Read(db, chosen)), deadline.Token))
            {
                snapshot.Shown();
                return;
            }

            connection.Refuse(SessionEnded, reference);
            connection.Close(LoggedOut);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            connection.Refuse(new Refusal(ErrorCode.Busy, RefusalKey.ArrivalTooLate), reference);
            connection.Close(TooLate);
        }

        ChosenStatus? Begin(FanOut fanOut)
        {
            receiver.Listening = snapshot.Listening;
            fanOut.Hold(receiver);
            snapshot.Look(fanOut);
            return fanOut.Attendance.Expect(receiver, identity);
        }

        HeldAnswer? Read(DatabaseConnection db, ChosenStatus? known)
        {
            if (!SessionStore.IsThere(db, identity.SessionId))
                return null;
            var chosen = known ?? UserStore.Chosen(db, identity.Id);
            return snapshot.Read(db, chosen) with
            {
                Then = fanOut => fanOut.Attendance.Arrive(fanOut, receiver, identity, chosen),
                Visibility = OverwriteStore.Visibility(db, identity.Id),
            };
        }
    }
}
