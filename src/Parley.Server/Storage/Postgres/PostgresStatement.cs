using Npgsql;
using NpgsqlTypes;

namespace Parley.Server.Storage.Postgres;

/// <summary>A statement of PostgreSQL, prepared on the server when it is run for the first time.</summary>
internal sealed class PostgresStatement(PostgresDatabaseConnection db, string sql) : Statement
{
    private readonly NpgsqlCommand _command = db.CreateCommand(sql);
    private readonly PostgresRow _row = new();
    private NpgsqlDataReader? _reader;
    private bool _isPrepared;

    public override Statement Set(string name, long value) => Set(name, NpgsqlDbType.Bigint, value);

    public override Statement Set(string name, long? value) => Set(name, NpgsqlDbType.Bigint, value);

    public override Statement Set(string name, string? value) => Set(name, NpgsqlDbType.Text, Storable(value));

    /// <summary>A text as PostgreSQL can keep it: it has no U+0000.</summary>
    public static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');

    /// <summary>Sets a parameter that is an array.</summary>
    public PostgresStatement Set(string name, long[] values) => Set(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    /// <inheritdoc cref="Set(string, long[])"/>
    public PostgresStatement Set(string name, long?[] values) => Set(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    /// <inheritdoc cref="Set(string, long[])"/>
    public PostgresStatement Set(string name, string?[] values) =>
        Set(name, NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(values, Storable));

    public override int Execute()
    {
        Prepare();
        var rows = db.Run(_command.ExecuteNonQuery);
        db.CountChanges(rows);
        return rows;
    }

    protected override Row Current => _row;

    protected override bool Step()
    {
        if (_reader is null)
        {
            Prepare();
            _row.Reader = _reader = db.Run(() => _command.ExecuteReader());
        }

        return db.Run(_reader.Read);
    }

    protected override void Reset()
    {
        if (_reader is not { } reader)
            return;
        _reader = null;
        db.Run(reader.Dispose);
        db.CountChanges(reader.RecordsAffected);
    }

    protected override void Dispose(bool disposing) => _command.Dispose();

    private PostgresStatement Set(string name, NpgsqlDbType type, object? value)
    {
        var index = _command.Parameters.IndexOf(name);
        if (index < 0)
            _command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        else
            _command.Parameters[index].Value = value ?? DBNull.Value;
        return this;
    }

    private void Prepare()
    {
        if (_isPrepared)
            return;
        db.Run(_command.Prepare);
        _isPrepared = true;
    }
}
