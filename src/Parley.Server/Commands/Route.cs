using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>Who may ask.</summary>
internal enum Access
{
    /// <summary>Only somebody who has not logged in.</summary>
    Stranger,

    /// <summary>Whoever has logged in, at either level.</summary>
    Member,

    /// <summary>Whoever has logged in at level 1.</summary>
    MemberOfLevel1,

    /// <summary>Whoever has logged in at level 2.</summary>
    MemberOfLevel2,
}

/// <summary>What a command costs who asks.</summary>
/// <param name="Points">Of the budgets of the user and of the address.</param>
/// <param name="CountsAsMessage">Whether it counts against the message rate, too.</param>
internal readonly record struct Cost(int Points, bool CountsAsMessage = false)
{
    /// <summary>Of a frame that is no command, or none that may be asked for now: it is read, and answered.</summary>
    public static Cost OfRefusal { get; } = new(1);
}

/// <summary>The way of one command type, from its JSON to its handler.</summary>
internal abstract class Route(Access access)
{
    public Access Access { get; } = access;

    /// <summary>Set when the route is added to the table.</summary>
    public Cost Cost { get; set; }

    /// <summary>Reads the fields; null where one has the wrong JSON type.</summary>
    public abstract Command? Read(ReadOnlySpan<byte> payload);

    public abstract ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

internal abstract class Route<TCommand>(JsonTypeInfo<TCommand> typeInfo, Access access) : Route(access)
    where TCommand : Command
{
    public sealed override Command? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, typeInfo);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: a lone surrogate in a string, which is no text.
        }
    }

    public sealed override ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        RunAsync((TCommand)command, connection, reference, cancellationToken);

    protected abstract ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}

internal sealed class WriteRoute<TCommand>(JsonTypeInfo<TCommand> typeInfo, Access access, IWriteHandler<TCommand> handler)
    : Route<TCommand>(typeInfo, access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(ref command) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return ValueTask.CompletedTask;
        }

        return connection.WriteAsync(handler, command, reference, cancellationToken);
    }
}

internal sealed class SayRoute<TCommand>(JsonTypeInfo<TCommand> typeInfo, Access access, ISayHandler<TCommand> handler)
    : Route<TCommand>(typeInfo, access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (handler.Check(ref command) is { } refusal)
        {
            connection.Refuse(refusal, reference);
            return ValueTask.CompletedTask;
        }

        return connection.SayAsync(handler, command, reference, cancellationToken);
    }
}

internal sealed class ReadRoute<TCommand>(JsonTypeInfo<TCommand> typeInfo, Access access, IReadHandler<TCommand> handler)
    : Route<TCommand>(typeInfo, access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        connection.ReadAsync(handler, command, reference, cancellationToken);
}

internal sealed class StepsRoute<TCommand>(JsonTypeInfo<TCommand> typeInfo, Access access, IStepsHandler<TCommand> handler)
    : Route<TCommand>(typeInfo, access)
    where TCommand : Command
{
    protected override ValueTask RunAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken) =>
        handler.HandleAsync(command, connection, reference, cancellationToken);
}
