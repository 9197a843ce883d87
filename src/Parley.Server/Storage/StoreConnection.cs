using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>A connection to the database with its statements, prepared once and kept. Used by one thread at a time.</summary>
internal sealed class StoreConnection(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = [];

    /// <summary>The statement of this text, with no parameter set.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of a store; what people write goes into parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        _statements.Add(sql, statement = new Statement(command));
        return statement;
    }

    /// <summary>Carries out a statement that is not worth keeping.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }
}
