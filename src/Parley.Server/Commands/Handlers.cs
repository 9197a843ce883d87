using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Commands;

/// <summary>Handles one command: first its fields, by <see cref="Check"/>, then what its kind of handler adds.</summary>
internal interface IHandler<TCommand>
    where TCommand : Command
{
    /// <summary>The rules that need no data, on the connection's reader. May replace the command by a cleaned one.</summary>
    Refusal? Check(ref TCommand command) => null;
}

/// <summary>
/// Handles a command that writes. <see cref="Handle"/> runs in the write queue: it waits for nothing but its store, what it refuses is undone, and it may be
/// asked twice (the first try undone). It is synchronous because SQLite is (docs/adr/0011).
/// </summary>
internal interface IWriteHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, CommandContext context);
}

/// <summary>
/// Handles a command that says something. <see cref="Draft"/> runs in the write queue, where it may read, and open a conversation. What it drafts
/// is appended to the log together with the drafts of its neighbours, and then told.
/// </summary>
internal interface ISayHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Drafted Draft(TCommand command, CommandContext context);
}

/// <summary>A draft, and what to answer when it is in the log; or a refusal.</summary>
internal readonly record struct Drafted(Draft? Draft, Func<MessagePosition, Outcome>? Appended, Refusal? Refusal)
{
    public static implicit operator Drafted(Refusal refusal) => new(null, null, refusal);
}

/// <summary>Handles a command that only reads, on the connection's reader, after that connection's writes were committed.</summary>
internal interface IReadHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, CommandContext context);
}

/// <summary>
/// Handles a command that only reads, and whose answer tells how things are at one moment: while it is read what comes for the asker is kept, and what the
/// answer does not count yet follows it (docs/adr/0012).
/// </summary>
internal interface IHeldReadHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    HeldReply Read(TCommand command, CommandContext context);
}

/// <summary>How things are, and whether that counts an event already.</summary>
internal readonly record struct HeldReply(ServerMessage Reply, Func<ServerEvent, bool> IsIncluded);

/// <summary>Handles a command that neither reads nor writes what is stored: it is answered at once, behind its connection's writes.</summary>
internal interface IAnswerHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    Outcome Handle(TCommand command, Receiver asker);
}

/// <summary>
/// Handles a command that ends sessions. <see cref="Handle"/> runs in the write queue, and the connection's reader waits for its commit: what comes behind the
/// command is not carried out by a session that it has ended.
/// </summary>
internal interface IEndSessionsHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    EndedSessions Handle(TCommand command, CommandContext context);
}

/// <summary>The sessions that are no more, and what their connections are told; or a refusal.</summary>
internal readonly record struct EndedSessions(IReadOnlyList<long> Sessions, Closing? Closing, Refusal? Refusal = null)
{
    public static implicit operator EndedSessions(Refusal refusal) => new([], null, refusal);
}

/// <summary>
/// Handles a command of several steps (hash, then write, then arrive), on the connection's reader, which reads on when the last step is done. It says what
/// it has to say through the connection.
/// </summary>
internal interface IStepsHandler<TCommand> : IHandler<TCommand>
    where TCommand : Command
{
    ValueTask HandleAsync(TCommand command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}
