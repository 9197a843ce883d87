using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.Testing;

/// <summary>A look into a database file, or what an operator, another program or another version of this one does to it.</summary>
public static class Sql
{
    public static void Run(string path, string statements)
    {
        using var connection = Open(path);
        Run(connection, statements);
    }

    /// <summary>Lets nobody else write until the result is disposed.</summary>
    public static IDisposable Hold(string path)
    {
        var connection = Open(path);
        Run(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    public static IReadOnlyList<object?[]> Rows(string path, string query)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public static long Number(string path, string query) => Convert.ToInt64(Rows(path, query)[0][0], CultureInfo.InvariantCulture);

    internal static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
