using Microsoft.Data.Sqlite;

namespace Parley.Faults.Chaos;

/// <summary>Another process's lock on the database: nobody else can write while it stands.</summary>
internal static class DatabaseHold
{
    public static async Task HoldAsync(string path, TimeSpan time, CancellationToken cancel)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 };
        await using var connection = new SqliteConnection(builder.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync(cancel);
        await Task.Delay(time, cancel);
        begin.CommandText = "ROLLBACK";
        await begin.ExecuteNonQueryAsync(cancel);
    }
}
