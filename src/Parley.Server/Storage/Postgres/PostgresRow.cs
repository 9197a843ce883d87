using Npgsql;

namespace Parley.Server.Storage.Postgres;

/// <summary>The row that a statement stands at.</summary>
internal sealed class PostgresRow : Row
{
    /// <summary>What was read last.</summary>
    public NpgsqlDataReader? Reader { get; set; }

    public override bool IsNull(int column) => Values.IsDBNull(column);

    // Counts come as bigint, sums as numeric, comparisons as boolean.
    public override long Integer(int column) => Values.IsDBNull(column) ? 0 : Values.GetValue(column) switch
    {
        long value => value,
        int value => value,
        bool value => value ? 1 : 0,
        decimal value => (long)value,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no integer."),
    };

    public override string Text(int column) => Values.IsDBNull(column) ? "" : Values.GetString(column);

    private NpgsqlDataReader Values => Reader ?? throw new InvalidOperationException("The statement stands at no row.");
}
