using System.Net;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>The parts of the server that a connection works with.</summary>
internal sealed record ServerParts(Database Database, WriteQueue WriteQueue, FanOut FanOut, ServerLimits Limits, TimeProvider Time);

/// <summary>
/// One connection: its reader takes frames in order, one after the other. Writes are passed on without waiting for their commit, so that several of them
/// share one; everything that leaves goes by the fan-out, in the order of the requests.
/// </summary>
#pragma warning disable CA1001 // The source holds no handle, and ends with the connection.
internal sealed partial class Connection
#pragma warning restore CA1001
{
    /// <summary>Writes of one connection that may wait for their commit; beyond them its reader waits, and so does the peer.</summary>
    private const int MostPendingWrites = 512;

    private readonly ServerParts _parts;
    private readonly ConnectionLimits _connections;
    private readonly Transport.Transport _transport;
    private int _pendingWrites;
    private Task _lastPage = Task.CompletedTask;

    public Connection(ServerParts parts, ConnectionLimits connections, Transport.Transport transport)
    {
        _parts = parts;
        _connections = connections;
        _transport = transport;
        _frames = new FrameBucket(parts.Limits.FramesPerSecond, parts.Time);
        _arrivals = new ArrivalClock(parts.Time);
        Receiver = new Receiver(new Outbox(transport));
    }

    /// <summary>Where the peer is, as limits count it.</summary>
    public IPAddress Address => _transport.Address;

    /// <summary>This connection as the fan-out sees it.</summary>
    public Receiver Receiver { get; }

    /// <summary>Level 1: the current channel, as the reader knows it.</summary>
    public Room? CurrentRoom { get; set; }

    /// <summary>Level 2: what the client said that it is; empty where it said nothing.</summary>
    public string ClientName { get; set; } = "";

    /// <summary>Called when the connection has ended.</summary>
    public Action? Ended { get; set; }

    /// <summary>Now, in microseconds after the Unix epoch.</summary>
    public long Now => WireTime.ToMicroseconds(_parts.Time.GetUtcNow());

    /// <summary>Leaves by the fan-out, after this connection's writes.</summary>
    public void Say(IFanOutItem item)
    {
        if (Volatile.Read(ref _pendingWrites) > 0)
        {
            // A refusal waits behind writes that are not committed yet: it takes its place in their queue, and what follows waits behind it.
            Interlocked.Increment(ref _pendingWrites);
            if (_parts.WriteQueue.Post(new PlaceKeeper(item, this)))
                return;
            WriteSettled();
        }

        _parts.FanOut.Post(item);
    }

    public void Refuse(Refusal refusal, RequestRef? reference) => Say(new OutcomeItem(Receiver, reference, Outcome.Refuse(refusal)));

    public void Say(Outcome outcome, RequestRef? reference) => Say(new OutcomeItem(Receiver, reference, outcome));

    /// <summary>Passes a command to the write queue and does not wait for its commit.</summary>
    public async ValueTask WriteAsync<TCommand>(IWriteHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command
    {
        if (Volatile.Read(ref _pendingWrites) >= MostPendingWrites)
            await WritesSettledAsync(cancellationToken);
        Interlocked.Increment(ref _pendingWrites);
        if (!_parts.WriteQueue.Post(new CommandWrite<TCommand>(this, handler, command, Context(reference))))
            WriteSettled();
    }

    /// <summary>Carries out a command that reads, after this connection's writes.</summary>
    public async ValueTask ReadAsync<TCommand>(IReadHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command
    {
        await LastPageLeftAsync(cancellationToken);
        var outcome = _parts.Database.Read(store => handler.Handle(command, Context(reference) with { Store = store }));
        SayPage(new OutcomeItem(Receiver, reference, outcome).Apply);
    }

    /// <summary>
    /// Completes when this connection's writes are settled and the page before the one that is asked for is on its way: pages asked for in one go must not pile up for a
    /// peer that cannot have read them yet.
    /// </summary>
    public async ValueTask LastPageLeftAsync(CancellationToken cancellationToken)
    {
        await WritesSettledAsync(cancellationToken);
        await Task.WhenAny(_lastPage).WaitAsync(cancellationToken); // One that failed was answered otherwise.
        await Receiver.Outbox.RoomAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Says a page of something: the next one is not looked for before it has left.</summary>
    public void SayPage(Action<FanOut> apply)
    {
        var page = new AwaitedItem(apply);
        _lastPage = page.Task;
        Say(page);
    }

    /// <summary>Writes as a step of a command, and waits for the commit.</summary>
    public async Task<T> WriteStepAsync<T>(Func<StoreConnection, T> write, CancellationToken cancellationToken)
    {
        var step = new WriteStep<T>(write);
        if (!_parts.WriteQueue.Post(step))
            throw new OperationCanceledException("The server stops.");
        return await step.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when everything that this connection wrote so far was committed or refused.</summary>
    public async ValueTask WritesSettledAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _pendingWrites) > 0)
            await CommitsToldAsync(cancellationToken);
    }

    /// <summary>
    /// Completes when the fan-out was told everything that is committed by now, whoever wrote it. What was read from the database before is behind the fan-out
    /// from then on, and never ahead of it.
    /// </summary>
    public async Task CommitsToldAsync(CancellationToken cancellationToken)
    {
        if (_parts.WriteQueue.IsIdle)
            return; // Nearly always where people come back; it saves each of them two hops between threads.
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_parts.WriteQueue.Post(new PlaceKeeper(new Signal(passed))))
            await passed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when the fan-out has applied <paramref name="apply"/>; fails where that failed.</summary>
    public async Task ApplyAsync(Action<FanOut> apply, CancellationToken cancellationToken)
    {
        var item = new AwaitedItem(apply);
        if (!_parts.FanOut.Post(item))
            throw new OperationCanceledException("The server stops.");
        await item.Task.WaitAsync(cancellationToken);
    }

    private CommandContext Context(RequestRef? reference) =>
        new(Receiver, Receiver.Identity ?? throw new InvalidOperationException("Nobody is logged in."), reference, CurrentRoom, Now, _parts.Database.Writer);

    private void WriteSettled() => Interlocked.Decrement(ref _pendingWrites);

    private sealed class CommandWrite<TCommand>(Connection connection, IWriteHandler<TCommand> handler, TCommand command, CommandContext context) : WriteItem
        where TCommand : Command
    {
        private Outcome _outcome = Outcome.Silent;

        public override bool Run(StoreConnection transaction)
        {
            _outcome = handler.Handle(command, context);
            return _outcome.Refusal is null;
        }

        public override void Committed(ICollection<IFanOutItem> output) => output.Add(new OutcomeItem(context.Asker, context.Ref, _outcome));

        // Not before: what the connection says next goes straight to the fan-out, and would overtake this.
        public override void Posted() => connection.WriteSettled();

        public override void Failed(Exception reason, ICollection<IFanOutItem> output)
        {
            _outcome = Outcome.Refuse(Refusal.Of(reason));
            Committed(output);
        }
    }

    private sealed class Signal(TaskCompletionSource completion) : IFanOutItem
    {
        public void Apply(FanOut fanOut) => completion.TrySetResult();
    }

    /// <summary>Keeps a place in the write queue's order, with nothing to write.</summary>
    private sealed class PlaceKeeper(IFanOutItem item, Connection? countedAt = null) : WriteItem
    {
        public override bool IsEmpty => true;

        public override bool Run(StoreConnection transaction) => true;

        public override void Committed(ICollection<IFanOutItem> output) => output.Add(item);

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => output.Add(item);

        public override void Posted() => countedAt?.WriteSettled();
    }

    private sealed class WriteStep<T>(Func<StoreConnection, T> write) : WriteItem
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override bool Run(StoreConnection transaction)
        {
            _result = write(transaction);
            return true;
        }

        public override void Committed(ICollection<IFanOutItem> output) => _completion.TrySetResult(_result!); // Run has set it.

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => _completion.TrySetException(reason);
    }

    private sealed class AwaitedItem(Action<FanOut> apply) : IFanOutItem
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _completion.Task;

        public void Apply(FanOut fanOut)
        {
            try
            {
                apply(fanOut);
                _completion.TrySetResult();
            }
            catch (Exception e)
            {
                _completion.TrySetException(e);
                throw;
            }
        }
    }
}
