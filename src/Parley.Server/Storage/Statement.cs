using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>A prepared statement. Set all of its parameters, then run it: <c>Set("@a", 1).Set("@b", "x").Execute()</c>.</summary>
internal sealed class Statement(DbCommand command) : IDisposable
{
    public Statement Set(string name, long value) => SetValue(name, value);

    public Statement Set(string name, long? value) => SetValue(name, value is { } v ? v : DBNull.Value);

    public Statement Set(string name, string? value) => SetValue(name, value is null ? DBNull.Value : value);

    /// <summary>Runs it and tells how many rows it changed.</summary>
    public int Execute() => command.ExecuteNonQuery();

    /// <summary>The first column of the first row; null where there is none, or where it is NULL.</summary>
    public long? Integer() => command.ExecuteScalar() is long value ? value : null;

    /// <summary>The first column of the first row; null where there is none, or where it is NULL.</summary>
    public string? Text() => command.ExecuteScalar() as string;

    /// <summary>The first row, read by <paramref name="row"/>; null where there is none.</summary>
    public T? First<T>(Func<DbDataReader, T> row)
        where T : class
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? row(reader) : null;
    }

    /// <summary>All rows, each read by <paramref name="row"/>.</summary>
    public List<T> All<T>(Func<DbDataReader, T> row)
    {
        List<T> rows = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    public void Dispose() => command.Dispose();

    private Statement SetValue(string name, object value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index >= 0)
        {
            command.Parameters[index].Value = value;
            return this;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return this;
    }
}
