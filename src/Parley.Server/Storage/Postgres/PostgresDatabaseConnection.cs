using System.Data;
using Npgsql;

namespace Parley.Server.Storage.Postgres;

/// <summary>A connection to PostgreSQL. Where the server behind it is gone it is opened anew by the next transaction.</summary>
/// <param name="source">What connections are made by.</param>
/// <param name="onOpened">Called with each connection that is opened; an exception refuses it.</param>
internal sealed class PostgresDatabaseConnection(NpgsqlDataSource source, Action<NpgsqlConnection>? onOpened = null) : DatabaseConnection
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private long _totalChanges;
    private bool _isAborted;

    public override long TotalChanges => _totalChanges;

    public override bool IsAborted => _isAborted;

    protected override Statement Create(string sql) => new PostgresStatement(this, sql);

    public override void Execute(string sql)
    {
        using var command = CreateCommand(sql);
        Run(() => command.ExecuteNonQuery());
    }

    public override void BeginWrite() => Begin(IsolationLevel.ReadCommitted);

    public override void BeginRead() => Begin(IsolationLevel.RepeatableRead);

    public override void Commit()
    {
        try
        {
            _transaction?.Commit();
        }
        finally
        {
            End();
        }
    }

    public override void RollBack()
    {
        try
        {
            _transaction?.Rollback();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            Close(); // The connection is broken, and the server behind it undoes the transaction; of a broken one Npgsql says that it is disposed.
        }
        finally
        {
            End();
        }
    }

    public override void BeginSavepoint() => Execute("SAVEPOINT item");

    public override void UndoSavepoint()
    {
        Execute("ROLLBACK TO SAVEPOINT item");
        _isAborted = false;
    }

    public override void EndSavepoint() => Execute("RELEASE SAVEPOINT item");

    /// <summary>A command of this connection.</summary>
    public NpgsqlCommand CreateCommand(string sql)
    {
#pragma warning disable CA2100 // Every text is a constant of ours; what people write goes into parameters.
        return new NpgsqlCommand(sql, Connection());
#pragma warning restore CA2100
    }

    /// <summary>Runs a command of this connection, and remembers what became of the transaction.</summary>
    public T Run<T>(Func<T> command)
    {
        try
        {
            return command();
        }
        catch (NpgsqlException)
        {
            _isAborted = true;
            throw;
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Action command) => Run(() =>
    {
        command();
        return true;
    });

    /// <summary>Rows were changed.</summary>
    public void CountChanges(int rows) => _totalChanges += Math.Max(0, rows);

    protected override void Dispose(bool disposing) => Close();

    private void Begin(IsolationLevel level)
    {
        if (_connection is { FullState: not ConnectionState.Open })
            Close();
        _isAborted = false;
        _transaction = Connection().BeginTransaction(level);
    }

    private void End()
    {
        _transaction?.Dispose();
        _transaction = null;
        _isAborted = false;
    }

    private NpgsqlConnection Connection()
    {
        if (_connection is not null)
            return _connection;
        var opened = source.OpenConnection();
        try
        {
            onOpened?.Invoke(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        return _connection = opened;
    }

    private void Close()
    {
        DisposeStatements();
        _connection?.Dispose();
        _connection = null;
    }
}
