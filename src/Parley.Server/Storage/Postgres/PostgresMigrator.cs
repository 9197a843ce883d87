using System.Security.Cryptography;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Hosting;

namespace Parley.Server.Storage.Postgres;

/// <summary>Brings a database to <see cref="SchemaVersion.Current"/>, in one transaction.</summary>
internal static class PostgresMigrator
{
    /// <exception cref="StartupException">The database is another program's, or a newer version's; nothing was changed.</exception>
    public static void Run(DatabaseConnection db, PostgresAddress address, TimeProvider time)
    {
        db.BeginWrite();
        try
        {
            var version = VersionOf(db, address);
            if (version > SchemaVersion.Current)
                throw new StartupException($"The database {address} was written by a newer version of Parley (its schema is {version}, this program knows " +
                    $"{SchemaVersion.Current}). Update this program.");
            if (version == 0)
                Begin(db, time);
            else if (version < SchemaVersion.Current)
                throw new StartupException($"The database {address} is of schema {version}, which this program cannot bring up to date.");
            db.Commit();
        }
        catch
        {
            db.RollBack();
            throw;
        }
    }

    private static int VersionOf(DatabaseConnection db, PostgresAddress address)
    {
        const string Tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()";
        if (db.Prepare(Tables).Integer() == 0)
            return 0;
        if (db.Prepare($"{Tables} AND tablename IN ('users', 'channels', 'messages', 'events', 'schema_version')").Integer() != 5)
            throw new StartupException($"The database {address} belongs to another program. Make one for Parley alone (createdb).");
        return (int)(db.Prepare("SELECT version FROM schema_version").Integer() ?? 0);
    }

    private static void Begin(DatabaseConnection db, TimeProvider time)
    {
        db.Execute(PostgresSchema.Tables);
        db.Execute(PostgresSchema.Append);
        db.Prepare("INSERT INTO channels(name, description, created_at) VALUES(@name, @description, @at)")
            .Set("@name", ChannelNameRule.General)
            .Set("@description", "General discussion")
            .Set("@at", WireTime.ToMicroseconds(time.GetUtcNow()))
            .Execute();
        db.Prepare("INSERT INTO properties(name, value) VALUES('epoch', @epoch), ('address_key', @key)")
            .Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
            .Set("@key", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))
            .Execute();
        db.Prepare("INSERT INTO schema_version(version) VALUES(@version)").Set("@version", PostgresSchema.FirstVersion).Execute();
    }
}
