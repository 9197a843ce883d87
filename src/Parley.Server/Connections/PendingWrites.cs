using System.Net;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>
/// What one connection has in the write queue. Writes are passed on without waiting for their commit, so that several of them share one; what the connection
/// sends meanwhile follows them.
/// </summary>
internal sealed class PendingWrites(WriteQueue queue, FanOut fanOut, Receiver receiver, IPAddress address)
{
    /// <summary>Writes of one connection that may wait for their commit; beyond them its reader waits, and so does the peer.</summary>
    private const int Most = 512;

    private int _count;

    // All connections of a user share one key; those that have not logged in share that of their address.
    private long FairnessKey => receiver.Identity is { } identity ? identity.Id.Value : -1L - (uint)address.GetHashCode();

    /// <summary>Leaves by the fan-out, after this connection's writes.</summary>
    public void Send(IFanOutItem item)
    {
        if (Volatile.Read(ref _count) > 0)
        {
            // A refusal waits behind writes that are not committed yet: it is queued behind them, and what follows waits behind it.
            Interlocked.Increment(ref _count);
            if (queue.Post(new Barrier(item, this), FairnessKey))
                return;
            Settled();
        }

        fanOut.Post(item);
    }

    /// <summary>Passes a command to the write queue and does not wait for its commit.</summary>
    public async ValueTask PostAsync(CommandItem item, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _count) >= Most)
            await SettledAsync(cancellationToken);
        Interlocked.Increment(ref _count);
        item.Pending = this;
        if (!queue.Post(item, FairnessKey))
            Settled();
    }

    /// <summary>Writes as a step of a command, and waits for the commit.</summary>
    public async Task<T> WriteStepAsync<T>(Func<DatabaseConnection, T> write, CancellationToken cancellationToken)
    {
        var step = new WriteStep<T>(write);
        if (!queue.Post(step, FairnessKey))
            throw new OperationCanceledException("The server stops.");
        return await step.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when everything that this connection wrote so far was committed or refused.</summary>
    public async ValueTask SettledAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _count) > 0)
            await CommitsToldAsync(cancellationToken);
    }

    /// <summary>
    /// Completes when the fan-out was told everything that is committed by now, whoever wrote it. What was read from the database before is behind the fan-out
    /// from then on, and never ahead of it.
    /// </summary>
    public async Task CommitsToldAsync(CancellationToken cancellationToken)
    {
        if (queue.IsIdle)
            return; // Nearly always where people come back; it saves each of them two hops between threads.
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (queue.Post(new Barrier(new Signal(passed)), FairnessKey))
            await passed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>One of the writes was told.</summary>
    public void Settled() => Interlocked.Decrement(ref _count);

    private sealed class Signal(TaskCompletionSource completion) : IFanOutItem
    {
        public void Apply(FanOut fanOut) => completion.TrySetResult();
    }

    /// <summary>Writes nothing; what it carries leaves when everything queued before it is committed.</summary>
    private sealed class Barrier(IFanOutItem item, PendingWrites? countedAt = null) : WriteItem
    {
        public override bool IsEmpty => true;

        public override bool Run(DatabaseConnection transaction) => true;

        public override void Committed(ICollection<IFanOutItem> output) => output.Add(item);

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => output.Add(item);

        public override void Posted() => countedAt?.Settled();
    }

    private sealed class WriteStep<T>(Func<DatabaseConnection, T> write) : WriteItem
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override bool Run(DatabaseConnection transaction)
        {
            _result = write(transaction);
            return true;
        }

        public override void Committed(ICollection<IFanOutItem> output) => _completion.TrySetResult(_result!); // Run has set it.

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => _completion.TrySetException(reason);
    }
}
