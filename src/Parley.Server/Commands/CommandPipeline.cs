using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Limits;

namespace Parley.Server.Commands;

/// <summary>From a frame's payload to its handler: shape, route, access, cost, rate, fields. Whatever is refused is refused here or by the handler, in order.</summary>
internal sealed partial class CommandPipeline(CommandTable table, SlidingWindow<UserId> messageRate, ILogger logger)
{
    // Reading pauses after a refusal for speed: a flood costs its sender more than us.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // One wording for all of these limits: programs of level 1 know this one.
    private static readonly Refusal TooFast = new(ErrorCode.RateLimited, "Slow down! Too many messages.");

    /// <summary>Carries out one frame; false where the peer broke the framing and is to be closed.</summary>
    public async ValueTask<bool> RunAsync(Connection connection, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var head = FrameHead.Read(payload.Span);
        if (head.Kind == PayloadKind.NotJson)
            return false;

        var reference = connection.Receiver.Level > 1 || head.Type == "hello" ? head.Ref : null;
        if (!connection.TryTakeFrame())
        {
            connection.Refuse(TooFast, reference);
            await Task.Delay(Pause, cancellationToken);
            return true;
        }

        var refusal = Refuse(connection, head, out var route);
        if (!connection.TryPay(refusal is null && route is not null ? route.Cost : Cost.OfRefusal, payload.Length))
        {
            connection.Refuse(TooFast, reference);
            await Task.Delay(Pause, cancellationToken);
            return true;
        }

        if (refusal is not null)
        {
            connection.Refuse(refusal, reference);
            return true;
        }

        if (route is null || route.Read(payload.Span) is not { } command)
        {
            connection.Refuse(Refusal.InvalidFormat, reference);
            return true;
        }

        if (route.Cost.CountsAsMessage && connection.Receiver.Identity is { } identity && !messageRate.TryTake(identity.Id, out _, connection.MessageArrived()))
        {
            connection.Refuse(TooFast, reference);
            return true;
        }

        await CarryOutAsync(connection, route, command, reference, cancellationToken);
        return true;
    }

    private async ValueTask CarryOutAsync(Connection connection, Route route, Command command, RequestRef? reference, CancellationToken cancellationToken)
    {
        try
        {
            if (route.Access == Access.Stranger)
                connection.AttemptBegins();
            await route.RunAsync(command, connection, reference, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The one place where a bug or an outage becomes an answer; the connection is kept.
            Log.CommandFailed(logger, e, command.Type);
            connection.Refuse(Refusal.Of(e), reference);
            if (connection.Receiver.IsArriving)
                connection.Close(Holding.Unfinished);
        }

        if (route.Access == Access.Stranger)
            connection.AttemptEnded();
    }

    private Refusal? Refuse(Connection connection, FrameHead head, out Route? route)
    {
        route = null;
        if (head.Kind == PayloadKind.Malformed || head.Type is not { } type)
            return Refusal.InvalidFormat;
        if (head.HasImproperRef && connection.Receiver.Level > 1)
            return Refusal.InvalidFormat;

        route = table.Find(type);
        var isLoggedIn = connection.Receiver.Identity is not null;
        if (!isLoggedIn)
            return route?.Access == Access.Stranger ? null : new Refusal(ErrorCode.NotAuthenticated, "You must log in first.");
        return route?.Access switch
        {
            Access.Member => null,
            Access.MemberOfLevel1 when connection.Receiver.Level == 1 => null,
            Access.MemberOfLevel2 when connection.Receiver.Level > 1 => null,
            _ => Refusal.UnknownType(type),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The command {Type} failed.")]
        public static partial void CommandFailed(ILogger logger, Exception exception, string type);
    }
}
