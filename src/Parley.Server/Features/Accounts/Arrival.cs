using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Level1;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// How a connection that has logged in comes among the others: it is held (<see cref="Holding"/>) while its first screen is read and written. Whatever goes wrong on the way
/// ends it with a reason.
/// </summary>
internal sealed class Arrival(ServerParts parts, SessionConnections sessions)
{
    // Behind thousands who come at once, too. A client tries again later.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly Closing TooLate = new(CloseReason.Limit, "The server is busy. Try again later.", ReconnectAdvice.Later);

    // Written behind the arrival and not as a part of it: where that fails the messages are handed over again, and the login stands.
    private readonly ConversationDelivery _delivery = new(parts.WriteQueue);

    /// <summary>The last word to a connection whose session was ended by the person.</summary>
    public static Closing LoggedOut { get; } = new(CloseReason.LoggedOut, "You are logged out.", ReconnectAdvice.Never);

    public static Outcome Refused(string error, RequestRef? reference) =>
        Outcome.Answer(new AuthResult(false, null, null, error) { Ref = reference }, ProtocolJson.Default.AuthResult);

    /// <summary>A refusal that a client can do something about: the code is a word of level 2.</summary>
    public static Outcome Refused(Connection connection, AdmissionRefusal refusal, RequestRef? reference) => Outcome.Answer(
        new AuthResult(false, null, null, refusal.Message, connection.Receiver.Level > 1 ? refusal.Code : null) { Ref = reference }, ProtocolJson.Default.AuthResult);

    /// <summary>After a login or registration, at either level.</summary>
    public async ValueTask ArriveAsync(
        Connection connection, Identity identity, string token, RequestRef? reference, CancellationToken cancellationToken, bool isOneTime = false)
    {
        var result = new AuthResult(true, token, identity.Username, null) { Ref = reference };
        if (connection.Receiver.Level > 1)
        {
            connection.Say(Outcome.Answer(isOneTime ? result with { OneTime = true } : result, ProtocolJson.Default.AuthResult), reference);
            await ComeBackAsync(connection, identity, null, cancellationToken);
            return;
        }

        var general = parts.Database.Read(store => ChannelStore.FindPublic(store, ChannelNameRule.General)) ?? throw new InvalidOperationException("There is no general channel.");
        var room = new Room(general.Id, general.Name);
        connection.CurrentRoom = room;
        // Where the session is gone the password was changed between the look at it and here.
        await EnterAsync(
            connection, new LevelOneScreen(identity, room, result), Refused(LogInHandler.Wrong, reference), Refused(PasswordHasher.BusyMessage, reference), reference, cancellationToken);
    }

    /// <summary>At level 2, after a login or by a token: the connection gets <c>ready</c>.</summary>
    public ValueTask ComeBackAsync(Connection connection, Identity identity, RequestRef? reference, CancellationToken cancellationToken) =>
        // Where the session is gone it was logged out between the look at the token and here, by a connection that could not know of this one yet.
        EnterAsync(
            connection,
            new LevelTwoScreen(identity, reference, parts.Admission.ServerName),
            Outcome.Refuse(HelloHandler.InvalidToken),
            Outcome.Refuse(new Refusal(ErrorCode.Busy, TooLate.Message)),
            reference,
            cancellationToken);

    private async ValueTask EnterAsync(Connection connection, FirstScreen screen, Outcome sessionIsGone, Outcome isTooLate, RequestRef? reference, CancellationToken cancellationToken)
    {
        var (receiver, identity) = (connection.Receiver, screen.Identity);
        receiver.Identity = identity;
        sessions.Add(identity.SessionId, connection);
        connection.Ended = () => sessions.Remove(connection);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            if (await connection.HoldAsync(parts, Begin, chosen => parts.Database.Read(store => Read(store, chosen)), deadline.Token))
            {
                _delivery.Delivered(identity.Id, screen.HandedOver, screen.NothingWaitsUpTo);
                return;
            }

            connection.Say(sessionIsGone, reference);
            connection.Close(LoggedOut);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            connection.Say(isTooLate, reference);
            connection.Close(TooLate);
        }

        ChosenStatus? Begin(FanOut fanOut)
        {
            receiver.CurrentChannel = screen.Room;
            fanOut.Hold(receiver);
            screen.Look(fanOut);
            return fanOut.Attendance.Expect(receiver, identity);
        }

        HeldAnswer? Read(StoreConnection store, ChosenStatus? known)
        {
            if (!SessionStore.IsThere(store, identity.SessionId))
                return null;
            var chosen = known ?? UserStore.Chosen(store, identity.Id);
            return screen.Read(store, chosen) with { Then = fanOut => fanOut.Attendance.Arrive(fanOut, receiver, identity, chosen) };
        }
    }
}
