using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Commands;

/// <summary>
/// Handles a command that writes. <see cref="Check"/> runs on the connection's reader; <see cref="Handle"/> in the write queue: it waits
/// for nothing but its store, what it refuses is undone, and it may be asked twice (the first try undone). It is synchronous because SQLite is (docs/adr/0011).
/// </summary>
internal interface IWriteHandler<TCommand>
    where TCommand : Command
{
    /// <summary>The rules that need no data. May put a cleaned command in the place of the one that was sent.</summary>
    Refusal? Check(ref TCommand command);

    Outcome Handle(TCommand command, CommandContext context);
}

/// <summary>
/// Handles a command that says something. <see cref="Check"/> as above; <see cref="Draft"/> in the write queue, where it may read, and open a conversation. What it drafts
/// is placed in the log together with the drafts of its neighbours, and then told.
/// </summary>
internal interface ISayHandler<TCommand>
    where TCommand : Command
{
    /// <inheritdoc cref="IWriteHandler{TCommand}.Check"/>
    Refusal? Check(ref TCommand command);

    Drafted Draft(TCommand command, CommandContext context);
}

/// <summary>A draft, and what to answer when it has its place; or a refusal.</summary>
internal readonly record struct Drafted(Draft? Draft, Func<MessagePlace, Outcome>? Placed, Refusal? Refusal)
{
    public static implicit operator Drafted(Refusal refusal) => new(null, null, refusal);
}

/// <summary>Handles a command that only reads, on the connection's reader, after that connection's writes were committed.</summary>
internal interface IReadHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, CommandContext context);
}

/// <summary>
/// Handles a command of several steps (hash, then write, then arrive), on the connection's reader, which reads on when the last step is done. It says what
/// it has to say through the connection.
/// </summary>
internal interface IStepsHandler<TCommand>
    where TCommand : Command
{
    ValueTask HandleAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}
