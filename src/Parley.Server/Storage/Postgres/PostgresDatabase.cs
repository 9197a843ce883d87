using Npgsql;
using Parley.Server.Hosting;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage.Postgres;

/// <summary>A database of PostgreSQL, which one server uses at a time.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostReaders = 8;

    // Of pg_try_advisory_lock: "Parley", in a number of our own.
    private const long LockKey = 0x5061726c6579;

    private static readonly TimeSpan TimeForAReader = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly PostgresDatabaseConnection _writer;
    private readonly SemaphoreSlim _free = new(MostReaders);

    private PostgresDatabase(NpgsqlDataSource source)
    {
        _source = source;
        _writer = new PostgresDatabaseConnection(source, Lock);
        Log = new PostgresDraftLog(_writer);
    }

    public override DatabaseConnection Writer => _writer;

    public override IDraftLog Log { get; }

    /// <summary>Connects, and brings the schema up to date.</summary>
    /// <exception cref="StartupException">The database cannot be used; the message says why and what to do.</exception>
    public static PostgresDatabase Open(PostgresAddress address, TimeProvider time)
    {
        var source = Connect(address);
        try
        {
            var database = new PostgresDatabase(source);
            try
            {
                PostgresMigrator.Run(database._writer, address, time);
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (NpgsqlException e)
        {
            source.Dispose();
            throw new StartupException($"The database {address} cannot be used ({e.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>What connections are made by.</summary>
    public static NpgsqlDataSource Connect(PostgresAddress address)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }

    public override T Read<T>(Func<DatabaseConnection, T> read)
    {
        if (!_free.Wait(TimeForAReader))
            throw new NpgsqlException("No connection to the database is free.");
        try
        {
            return base.Read(read);
        }
        finally
        {
            _free.Release();
        }
    }

    // What PostgreSQL itself says of a statement is a PostgresException: classes 08, 53, 57, 58 are about the server, all others about the statement
    // (https://www.postgresql.org/docs/current/errcodes-appendix.html). Anything else of Npgsql is a connection that broke.
    public override bool IsOutage(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state[..2] is "08" or "53" or "57" or "58",
        NpgsqlException => true,
        _ => false,
    };

    protected override DatabaseConnection OpenReader() => new PostgresDatabaseConnection(_source);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _source.Dispose();
        _free.Dispose();
    }

    // The lock goes with the connection: whoever opens one anew has to get it again, and writes nothing where another server has it meanwhile.
    private static void Lock(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKey });
        if (command.ExecuteScalar() is not true)
            throw new NpgsqlException("it is used by another server");
    }
}
