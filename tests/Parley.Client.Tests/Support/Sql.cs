using Microsoft.Data.Sqlite;

namespace Parley.Client.Tests.Support;

/// <summary>A change to a database file that another version of this program makes.</summary>
internal static class Sql
{
    internal static void Run(string path, string statements)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
