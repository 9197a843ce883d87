using Microsoft.Data.Sqlite;
using Parley.Server.Events;

namespace Parley.Server.Storage;

/// <summary>Something that writes. Several share a transaction, and each can be undone alone.</summary>
internal abstract class WriteItem
{
    /// <summary>Whether there is nothing to write: the item only keeps its place in the order.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>Writes. An exception undoes this item alone.</summary>
    /// <returns>Whether what was written stays.</returns>
    public abstract bool Run(StoreConnection transaction);

    /// <summary>What to hand to the fan-out, after the commit that holds this item's writes was synced to disk; nothing where nobody asked.</summary>
    public virtual void Committed(ICollection<IFanOutItem> output)
    {
    }

    /// <summary>The write did not happen. The queue has logged it; whoever waits for an answer gets one here.</summary>
    public virtual void Failed(Exception reason, ICollection<IFanOutItem> output)
    {
    }

    /// <summary>What was handed to the fan-out has been posted: whatever is posted from now on comes after it.</summary>
    public virtual void Posted()
    {
    }
}

/// <summary>
/// The one writer of the database. A round takes all that waits, writes it in one transaction, syncs once, and hands the outcomes to the fan-out: one
/// sync pays for hundreds of messages under load, and a lone message waits for nothing.
/// </summary>
internal sealed partial class WriteQueue
{
    /// <summary>The most items in one transaction: bounds how long the first waits for the last.</summary>
    private const int MostInARound = 1_000;

    private readonly BatchQueue<WriteItem> _queue = new();
    private readonly StoreConnection _writer;
    private readonly FanOut _fanOut;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private int _unsettled;

    public WriteQueue(StoreConnection writer, FanOut fanOut, ILogger logger)
    {
        _writer = writer;
        _fanOut = fanOut;
        _logger = logger;
        _thread = new Thread(Run) { Name = "write queue", IsBackground = true };
    }

    public void Start() => _thread.Start();

    /// <summary>Whether the fan-out was told everything that is committed: nothing waits here, and nothing is being written.</summary>
    public bool IsIdle => Volatile.Read(ref _unsettled) == 0;

    /// <summary>Adds an item behind all others; false when the server stops.</summary>
    public bool Post(WriteItem item)
    {
        Interlocked.Increment(ref _unsettled); // First: what is committed and not yet told must never look idle.
        if (_queue.Add(item))
            return true;
        Interlocked.Decrement(ref _unsettled);
        return false;
    }

    /// <summary>Writes what waits, then ends the thread.</summary>
    public void Stop()
    {
        _queue.Complete();
        _thread.Join();
    }

    private void Run()
    {
        List<WriteItem> batch = [];
        List<IFanOutItem> output = [];
        while (_queue.Wait(Timeout.InfiniteTimeSpan))
        {
            _queue.TakeAll(ref batch);
            for (var start = 0; start < batch.Count; start += MostInARound)
            {
                var items = batch.GetRange(start, Math.Min(MostInARound, batch.Count - start));
                Round(items, output);
                _fanOut.Post(output);
                output.Clear();
                foreach (var item in items)
                    item.Posted();
                Interlocked.Add(ref _unsettled, -items.Count);
            }

            batch.Clear();
            _queue.EndTurn();
        }
    }

    private void Round(List<WriteItem> items, List<IFanOutItem> output)
    {
        var failures = new Exception?[items.Count];
        try
        {
            if (items.Exists(i => !i.IsEmpty))
                WriteInOneTransaction(items, failures);
        }
#pragma warning disable CA1031 // Whatever went wrong, the askers get an answer and the loop goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RoundFailed(_logger, e, items.Count);
            RollBack();
            for (var i = 0; i < items.Count; i++)
                failures[i] = items[i].IsEmpty ? null : e;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (failures[i] is { } failure)
                items[i].Failed(failure, output);
            else
                items[i].Committed(output);
        }
    }

    // A savepoint costs a copy of every page that its item touches, and nearly no item has to be undone: so a round is written without them, and once more
    // with them where one wrote something that must not stay. A handler's answer depends on its command and the store alone, so it may be asked twice.
    private void WriteInOneTransaction(List<WriteItem> items, Exception?[] failures)
    {
        if (TryWrite(items, failures, WriteBare))
            return;
        RollBack();
        Array.Clear(failures);
        TryWrite(items, failures, WriteUnderSavepoint);
    }

    private bool TryWrite(List<WriteItem> items, Exception?[] failures, Func<WriteItem, (Exception? Failure, bool IsWhole)> write)
    {
        _writer.Prepare("BEGIN IMMEDIATE").Execute();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].IsEmpty)
                continue;
            (failures[i], var isWhole) = write(items[i]);
            if (!isWhole)
                return false;
        }

        _writer.Prepare("COMMIT").Execute();
        return true;
    }

    /// <summary>Writes an item; not whole where it left something behind that has to be undone.</summary>
    private (Exception? Failure, bool IsWhole) WriteBare(WriteItem item)
    {
        var before = _writer.TotalChanges;
        var (stays, failure) = Write(item);
        if (!stays && _writer.TotalChanges != before)
            return (failure, false);
        if (failure is not null)
            Log.ItemFailed(_logger, failure, item.GetType().Name);
        return (failure, true);
    }

    private (Exception? Failure, bool IsWhole) WriteUnderSavepoint(WriteItem item)
    {
        _writer.Prepare("SAVEPOINT item").Execute();
        var (stays, failure) = Write(item);
        if (failure is not null)
            Log.ItemFailed(_logger, failure, item.GetType().Name);
        if (!stays)
            _writer.Prepare("ROLLBACK TO item").Execute();
        _writer.Prepare("RELEASE item").Execute();
        return (failure, true);
    }

    private (bool Stays, Exception? Failure) Write(WriteItem item)
    {
        try
        {
            return (item.Run(_writer), null);
        }
        catch (SqliteException e) when (IsOutage(e))
        {
            throw; // A full disk or a lost lock: the whole transaction is gone.
        }
#pragma warning disable CA1031 // A fault in one item is its own affair: its neighbours are written.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (false, e);
        }
    }

    // SQLITE_BUSY, _NOMEM, _IOERR, _CORRUPT, _FULL, _CANTOPEN (https://www.sqlite.org/rescode.html): SQLite may have rolled back by itself.
    private static bool IsOutage(SqliteException e) => e.SqliteErrorCode is 5 or 7 or 10 or 11 or 13 or 14;

    private void RollBack()
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There was no transaction any more: SQLite ends it by itself on some errors.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A round of {Count} writes was not committed.")]
        public static partial void RoundFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "{Item} failed and was undone.")]
        public static partial void ItemFailed(ILogger logger, Exception exception, string item);
    }
}
