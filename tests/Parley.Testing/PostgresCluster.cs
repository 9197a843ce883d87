using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Parley.Testing;

/// <summary>
/// The cluster of PostgreSQL that PARLEY_POSTGRES names (<c>postgres://USER@HOST:PORT</c>): where it does, servers keep their data there, each folder's in a
/// database of its own.
/// </summary>
public static class PostgresCluster
{
    private static readonly string? Address = Environment.GetEnvironmentVariable("PARLEY_POSTGRES") is { Length: > 0 } named ? named.TrimEnd('/') : null;

    /// <summary>Whether servers are to keep their data there.</summary>
    public static bool IsNamed => Address is not null;

    /// <summary>The address of a folder's database.</summary>
    public static string DatabaseOf(string folder) => $"{Address}/{NameOf(folder)}";

    /// <summary>Makes a folder's database where it is not there, with what a test has put into the folder's file.</summary>
    public static async Task FillAsync(string folder)
    {
        if (Address is null)
            return;
        var uri = new Uri(Address);
        await using var connection = new NpgsqlConnection($"Host={uri.Host};Port={uri.Port};Username={uri.UserInfo};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NameOf(folder) });
        if (await find.ExecuteScalarAsync() is not null)
            return;
        await using var create = connection.CreateCommand();
#pragma warning disable CA2100 // The name is ours.
        create.CommandText = $"CREATE DATABASE {NameOf(folder)}";
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync();
        if (!File.Exists(Path.Combine(folder, "chat_data.db")))
            return;
        if (await ServerProcess.RunAsync(folder, "move", "--to", DatabaseOf(folder)) is { ExitCode: not 0 } failed)
            throw new InvalidOperationException(string.Join('\n', failed.ErrorLines));
    }

    private static string NameOf(string folder) =>
        "test_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))).AsSpan(0, 10));
}
