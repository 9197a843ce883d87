using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Level1;
using Parley.Server.Doors.Level2;
using Parley.Server.Events.Sending;
using Parley.Server.Limits;

namespace Parley.Server.Doors.Frames;

/// <summary>
/// The first door: frames over TCP or TLS, each a length and JSON (docs/adr/0001). A connection speaks level 1 until it says <c>hello</c>, and level 2 from
/// then on (docs/adr/0002).
/// </summary>
internal sealed class FrameDoor(
    Level1Door level1, Level2Door level2, CommandPipeline pipeline, ServerLimits limits, LongFrames longFrames, TimeProvider time) : Door
{
    private static readonly Closing FrameTooSlow = new(CloseReason.Timeout, "A frame did not come to its end in time.", ReconnectAdvice.Now);
    private static readonly Closing TooManyLongFrames = new(CloseReason.Limit, "Too many long frames are on their way to the server.", ReconnectAdvice.Later);
    private static readonly Closing TooLongBeforeLogin =
        new(CloseReason.ProtocolViolation, "A frame is too long, or too long before the login.", ReconnectAdvice.Never);

    private static readonly Closing NoFrame = new(CloseReason.ProtocolViolation, "What came is no frame of this protocol.", ReconnectAdvice.Never);

    public static FrameDoor Make(DoorParts parts)
    {
        var userLists = new UserLists(parts.Core.Database);
        return new FrameDoor(
            new Level1Door(parts.Core.Database, parts.Core.Writes, parts.Features, userLists),
            new Level2Door(parts.Features, userLists, parts.ServerName),
            parts.Pipeline, parts.Limits, parts.LongFrames, parts.Core.Time);
    }

    public override DoorSession Begin(Outbox outbox) => level1.Begin(outbox);

    public override async Task ServeAsync(Connection connection, CancellationToken cancellationToken)
    {
        var deadline = new FrameDeadline(limits.FrameTime, time, () => connection.Close(FrameTooSlow));
        using var input = new FrameInput(connection.Transport, longFrames, deadline) { CaughtUp = connection.Allowance.CaughtUp };
        while (true)
        {
            var wasUnauthenticated = connection.Receiver.Identity is null;
            input.MostPayloadBytes = wasUnauthenticated && limits.UnauthenticatedFrameBytes is > 0 and var most ? most : FrameLimits.MaxPayloadBytes;
            var (result, payload) = await input.NextAsync(cancellationToken);
            if (result == FrameReadResult.Ended)
                return;
            cancellationToken.ThrowIfCancellationRequested(); // Logged out, sent away or stopping: what came behind is not carried out any more.
            var began = time.GetTimestamp();
            if (result != FrameReadResult.Whole || !await TryCarryOutAsync(connection, payload, cancellationToken))
            {
                connection.EndWith(WhyNoFrame(result, wasUnauthenticated));
                return;
            }

            // The waiting time of a login is no backlog: the client sends nothing before the answer.
            if (!wasUnauthenticated)
                connection.Allowance.StoodStill(time.GetElapsedTime(began));
        }
    }

    // False where the peer broke the framing and is to be closed.
    private async ValueTask<bool> TryCarryOutAsync(Connection connection, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var head = FrameHead.Read(payload.Span);
        if (head.Kind == PayloadKind.NotJson)
            return false;
        var session = (FrameSession)connection.Session;
        var found = head.Type is { } type ? session.Commands.Find(type) : null;
        var isHello = found?.Route.CommandType == typeof(Hello);
        var hasRequestId = session.HasRefs || isHello;
        var name = session.HasRefs && head.HasImproperRef ? null : head.Type;
        var request = new Request(name, found?.Route, hasRequestId ? head.Ref : null, payload.Length);
        if (!await CommandPipeline.AdmitAsync(connection, request, cancellationToken) || found is null)
            return true;

        var command = session.Resolve(found.Read(payload.Span));
        if (isHello && command is not null)
            connection.Session = level2.Begin(connection.Receiver);
        await pipeline.RunAsync(connection, found.Route, command, request.Ref, cancellationToken);
        return true;
    }

    private static Closing WhyNoFrame(FrameReadResult result, bool isUnauthenticated) => result switch
    {
        FrameReadResult.OutOfMemory => TooManyLongFrames,
        FrameReadResult.TooLong when isUnauthenticated => TooLongBeforeLogin,
        _ => NoFrame,
    };
}
