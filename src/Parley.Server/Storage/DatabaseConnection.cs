using Parley.Protocol.Wire;

namespace Parley.Server.Storage;

/// <summary>A connection to the database, whichever engine it is, with its statements, prepared once and kept. Used by one thread at a time.</summary>
internal abstract class DatabaseConnection : IDisposable
{
    // By the text itself and not by what it says: every text is a constant, and hashing 300 letters took longer than binding them.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    /// <summary>Grows with every row that is inserted, changed or deleted: where it stands still, nothing was written.</summary>
    public abstract long TotalChanges { get; }

    /// <summary>Whether the transaction can only be undone: PostgreSQL takes nothing more after a statement that failed.</summary>
    public virtual bool IsAborted => false;

    /// <summary>
    /// What was looked up of channels in the present run of drafts, for the feature that keeps it here: nothing that it depends on is written within a run.
    /// Null outside of one, where everything is looked up anew.
    /// </summary>
    public Dictionary<ChannelId, object>? ChannelsOfRun { get; private set; }

    /// <summary>From here on only drafts are made, until <see cref="EndRun"/>.</summary>
    public void BeginRun() => ChannelsOfRun ??= [];

    /// <summary>Something else may be written now.</summary>
    public void EndRun() => ChannelsOfRun = null;

    /// <summary>The statement of this text, which is to be a constant: each text that is put together anew would be kept for itself.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = Create(sql));
        return statement;
    }

    /// <summary>Carries out statements that are not worth keeping.</summary>
    public abstract void Execute(string sql);

    /// <summary>Begins a transaction that writes.</summary>
    public abstract void BeginWrite();

    /// <summary>Begins a transaction that reads: all of its statements see the same state.</summary>
    public abstract void BeginRead();

    public abstract void Commit();

    /// <summary>Undoes the transaction, where there is one.</summary>
    public abstract void RollBack();

    /// <summary>From here on what is written can be undone without the rest of the transaction.</summary>
    public abstract void BeginSavepoint();

    public abstract void UndoSavepoint();

    /// <summary>Ends it; what was not undone belongs to the transaction.</summary>
    public abstract void EndSavepoint();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Statement Create(string sql);

    /// <summary>Forgets the statements, before their connection is closed.</summary>
    protected void DisposeStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    protected abstract void Dispose(bool disposing);
}
