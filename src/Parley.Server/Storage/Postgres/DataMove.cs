using Npgsql;
using NpgsqlTypes;
using Parley.Server.Hosting;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Storage.Postgres;

/// <summary>
/// Moves all data from a file of SQLite into an empty database of PostgreSQL, with its ids, numbers and epoch: to clients it is the same server. One
/// transaction: where it is broken off, the file is still what the server runs on, and the database empty.
/// </summary>
internal static class DataMove
{
    // In an order in which what is referred to is there first.
    private static readonly string[] Tables =
    [
        "users", "channels", "messages", "events", "author_counts", "mentions", "sessions", "read_positions", "properties", "invites", "known_addresses",
        "overwrites", "versions", "reactions", "reaction_counts", "change_nonces",
    ];

    private static readonly string[] WithIds = ["users", "channels", "messages", "sessions"];

    /// <summary>
    /// Copies everything; the server must be stopped. A file of an older schema is brought to this program's first, and a copy of it is kept.
    /// </summary>
    /// <returns>How many rows of each table were copied.</returns>
    /// <exception cref="StartupException">It cannot be done; nothing was changed.</exception>
    public static IReadOnlyList<(string Table, long Rows)> Run(string from, string to, TimeProvider time)
    {
        var address = PostgresAddress.Parse(to);
        var path = SqlitePath.ResolveExisting(from);
        using var held = SqliteFileLock.Take(path);
        SqliteFile.Check(path);
        using var file = SqliteFile.Open(path, time);
        using var source = PostgresDatabase.Connect(address);
        try
        {
            using var connection = source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            Prepare(connection, address);
            var copied = file.Read(db => Tables.Select(table => (table, Copy(db, connection, table))).ToList());
            foreach (var table in WithIds)
                Execute(connection, $"SELECT setval('{table}_id_seq', GREATEST((SELECT MAX(id) FROM {table}), @last, 1))", LastId(file, table));
            Execute(connection, "INSERT INTO schema_version(version) VALUES(@last)", SchemaVersion.Current);
            foreach (var (table, rows) in copied)
            {
                if (Count(connection, table) != rows)
                    throw new StartupException($"The table {table} was not copied whole. Nothing was changed.");
            }

            transaction.Commit();
            return copied;
        }
        catch (NpgsqlException e)
        {
            throw new StartupException($"The data was not moved to {address} ({e.Message.TrimEnd('.')}). Nothing was changed.");
        }
    }

    private static void Prepare(NpgsqlConnection connection, PostgresAddress address)
    {
        if (Count(connection, "pg_tables WHERE schemaname = current_schema()") != 0)
            throw new StartupException($"The database {address} is not empty. Make a new one (createdb).");
        Execute(connection, PostgresSchema.Tables, null);
        Execute(connection, PostgresSchema.Append, null);
    }

    private static long Copy(DatabaseConnection db, NpgsqlConnection connection, string table)
    {
        var columns = Columns(connection, table);
        var names = string.Join(", ", columns.Select(column => column.Name));
        using var writer = connection.BeginBinaryImport($"COPY {table}({names}) FROM STDIN (FORMAT BINARY)");
        writer.Timeout = TimeSpan.Zero; // None: a large table takes its time.
        var rows = 0L;
        // The row is handed on before the next is read, so that a table of any size takes no memory.
        db.Prepare($"SELECT {names} FROM {table}").Each(row =>
        {
            writer.StartRow();
            for (var i = 0; i < columns.Count; i++)
            {
                if (row.IsNull(i))
                    writer.WriteNull();
                else if (columns[i].IsText)
                    writer.Write(PostgresStatement.Storable(row.Text(i)), NpgsqlDbType.Text);
                else
                    writer.Write(row.Integer(i), NpgsqlDbType.Bigint);
            }

            rows++;
        });
        writer.Complete();
        return rows;
    }

    // All but those that PostgreSQL computes.
    private static List<(string Name, bool IsText)> Columns(NpgsqlConnection connection, string table)
    {
        using var command = new NpgsqlCommand(
            "SELECT column_name::text, data_type = 'text' FROM information_schema.columns " +
            "WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table } },
        };
        using var reader = command.ExecuteReader();
        List<(string, bool)> columns = [];
        while (reader.Read())
            columns.Add((reader.GetString(0), reader.GetBoolean(1)));
        return columns;
    }

    // No id is given out twice, though its row is gone.
    private static long LastId(Database file, string table) =>
        file.Read(db => db.Prepare("SELECT seq FROM sqlite_sequence WHERE name = @table").Set("@table", table).Integer()) ?? 0;

    private static long Count(NpgsqlConnection connection, string table)
    {
#pragma warning disable CA2100 // Constants of ours.
        using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM {table}", connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private static void Execute(NpgsqlConnection connection, string sql, long? last)
    {
#pragma warning disable CA2100 // Constants of ours.
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        if (last is { } value)
            command.Parameters.Add(new NpgsqlParameter<long>("last", value));
        command.ExecuteNonQuery();
    }
}
