using Microsoft.Data.Sqlite;

namespace Parley.Client.Native.Mirror;

/// <summary>Runs statements, each prepared once.</summary>
internal sealed class Statements(SqliteConnection connection)
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>The transaction that everything runs in.</summary>
    internal SqliteTransaction? Transaction { get; set; }

    /// <summary>Runs a statement with the parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    internal void Run(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is written in this folder.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.AddWithValue($"${i}", DBNull.Value);
            _prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
