using Microsoft.Data.Sqlite;

namespace Parley.Client.Tests.Support;

/// <summary>What another program, or another version of this one, does to a database file.</summary>
internal static class Sql
{
    internal static void Run(string path, string statements)
    {
        using var connection = Open(path);
        Run(connection, statements);
    }

    /// <summary>Lets nobody else write until the result is disposed.</summary>
    internal static IDisposable Hold(string path)
    {
        var connection = Open(path);
        Run(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private static SqliteConnection Open(string path)
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
