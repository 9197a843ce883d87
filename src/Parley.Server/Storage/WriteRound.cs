using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage;

/// <summary>Writes the items of one round in one transaction, so that one sync pays for all of them. Used by the write queue's thread alone.</summary>
internal sealed partial class WriteRound(Database database, ILogger logger)
{
    private readonly List<WriteItem> _items = [];
    private readonly List<Exception?> _failures = [];
    private readonly DatabaseConnection _writer = database.Writer;
    private readonly DraftRun _run = new(database.Log);

    /// <summary>The items of the latest round, in the order in which they were written.</summary>
    public IReadOnlyList<WriteItem> Items => _items;

    /// <summary>Why the item at that index was not written; null where it was.</summary>
    public Exception? FailureOf(int index) => _failures[index];

    /// <summary>Writes and commits what <paramref name="takeMore"/> adds to its list, until it adds nothing.</summary>
    public void Run(Action<List<WriteItem>> takeMore)
    {
        _items.Clear();
        _failures.Clear();
        try
        {
            if (TryWriteBare(takeMore))
                return;
            _writer.RollBack();
            WriteUnderSavepoints();
        }
#pragma warning disable CA1031 // Whatever went wrong, the askers get an answer and the loop goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RoundFailed(logger, e, _items.Count);
            _writer.EndRun();
            _writer.RollBack();
            _failures.Clear();
            _failures.AddRange(_items.Select(i => i.IsEmpty ? null : e));
        }
    }

    // First without savepoints: each costs a copy of every page that its item touches, and nearly no item has to be undone. Where one that wrote must be
    // undone, all is rolled back and run again with a savepoint each. A handler depends on its command and the database alone, so it may run twice.
    private bool TryWriteBare(Action<List<WriteItem>> takeMore)
    {
        var hasBegun = false;
        for (takeMore(_items); _failures.Count < _items.Count; takeMore(_items))
        {
            while (_failures.Count < _items.Count)
            {
                var item = _items[_failures.Count];
                if (item.IsEmpty)
                {
                    _failures.Add(null);
                    continue;
                }

                if (!hasBegun)
                    _writer.BeginWrite();
                hasBegun = true;
                if (item is not IDraftItem && !TryAppendRun())
                    return false;
                if (item is IDraftItem)
                    _writer.BeginRun();
                var before = _writer.TotalChanges;
                var (stays, failure) = Write(item);
                if (!stays && (_writer.TotalChanges != before || _writer.IsAborted))
                    return false;
                if (stays && item is IDraftItem draft)
                    _run.Add(draft);
                Note(item, failure);
            }
        }

        if (!TryAppendRun())
            return false;
        if (hasBegun)
            _writer.Commit();
        return true;
    }

    private void WriteUnderSavepoints()
    {
        _failures.Clear();
        _run.Clear();
        _writer.EndRun();
        _writer.BeginWrite();
        foreach (var item in _items)
        {
            if (item.IsEmpty)
            {
                _failures.Add(null);
                continue;
            }

            _writer.BeginSavepoint();
            var (stays, failure) = Write(item);
            if (stays && item is IDraftItem draft)
                (stays, failure) = AppendAlone(draft);
            if (!stays)
                _writer.UndoSavepoint();
            _writer.EndSavepoint();
            Note(item, failure);
        }

        _writer.Commit();
    }

    private void Note(WriteItem item, Exception? failure)
    {
        if (failure is not null)
            Log.ItemFailed(logger, failure, item.GetType().Name);
        _failures.Add(failure);
    }

    // False where one of the drafts cannot be appended: under savepoints it shows which.
    private bool TryAppendRun()
    {
        _writer.EndRun();
        return AppendRun() is null;
    }

    private (bool Stays, Exception? Failure) AppendAlone(IDraftItem item)
    {
        _run.Add(item);
        var failure = AppendRun();
        return (failure is null, failure);
    }

    private Exception? AppendRun()
    {
        try
        {
            _run.Append();
            return null;
        }
#pragma warning disable CA1031 // As in Write.
        catch (Exception e) when (!database.IsOutage(e))
#pragma warning restore CA1031
        {
            return e;
        }
    }

    // Where the database is out of order the whole transaction is gone; a fault in one item is its own affair, and its neighbours are written.
    private (bool Stays, Exception? Failure) Write(WriteItem item)
    {
        try
        {
            return (item.Run(_writer), null);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception e) when (!database.IsOutage(e))
#pragma warning restore CA1031
        {
            return (false, e);
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
