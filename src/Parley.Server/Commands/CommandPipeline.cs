using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>
/// From a request to its handler: frame rate, access, cost; then, with its fields, the rate of messages. Refusals come from here or from the handler, in order.
/// </summary>
internal sealed partial class CommandPipeline(UserRates rates, ILogger logger)
{
    // Slows a client down that sends faster than it may.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a request may be read and carried out. Where not, it is answered with a refusal.</summary>
    public static async ValueTask<bool> AdmitAsync(Connection connection, Request request, CancellationToken cancellationToken)
    {
        var refusal = Refuse(connection, request);
        var cost = refusal is null && request.Route is { } route ? route.Cost : Cost.OfRefusal;
        if (!connection.Allowance.TryTakeFrame() || !connection.Allowance.TryPay(cost, request.Bytes))
        {
            connection.Refuse(Refusal.TooFast, request.Ref);
            await Task.Delay(Pause, cancellationToken);
            return false;
        }

        if (refusal is null)
            return true;
        connection.Refuse(refusal, request.Ref);
        return false;
    }

    /// <summary>Carries out a command that <see cref="AdmitAsync"/> let in.</summary>
    /// <param name="connection">Whose it is.</param>
    /// <param name="route">The command's route.</param>
    /// <param name="command">The command; null where its fields could not be read.</param>
    /// <param name="reference">The request id, which the answer repeats.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public async ValueTask RunAsync(Connection connection, Route route, Command? command, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (command is null)
        {
            connection.Refuse(Refusal.InvalidFormat, reference);
            return;
        }

        if (connection.Receiver.Identity is { } identity && !rates.TryTake(route.Cost.Rate, identity.Id, connection.Allowance))
        {
            connection.Refuse(Refusal.TooFast, reference);
            return;
        }

        try
        {
            if (route.Access == Access.Unauthenticated)
                connection.Allowance.AttemptBegins();
            await route.RunAsync(command, connection, reference, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The one place where a bug or an outage becomes an answer; the connection is kept.
            Log.CommandFailed(logger, e, command.Type);
            connection.Refuse(Refusal.Of(e), reference);
            if (connection.Receiver.IsHeld)
                connection.Close(Holding.Unfinished);
        }

        if (route.Access == Access.Unauthenticated)
            connection.Allowance.AttemptEnded(connection.Receiver.Identity?.Id);
    }

    private static Refusal? Refuse(Connection connection, Request request)
    {
        if (request.Name is not { } name)
            return Refusal.InvalidFormat;
        var isUnauthenticated = connection.Receiver.Identity is null;
        if (request.Route is { } route && route.Access == Access.Unauthenticated == isUnauthenticated)
            return null;
        return isUnauthenticated ? Refusal.NotLoggedIn : Refusal.UnknownType(name);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The command {Type} failed.")]
        public static partial void CommandFailed(ILogger logger, Exception exception, string type);
    }
}
