using System.Security.Cryptography;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Hosting;
using Parley.Server.Storage.Migrations;

namespace Parley.Server.Storage.Postgres;

/// <summary>Brings a database to <see cref="Schema.Version"/>, in one transaction.</summary>
internal static class PostgresMigrator
{
    /// <exception cref="StartupException">The database is another program's, or a newer version's; nothing was changed.</exception>
    public static void Run(StoreConnection store, PostgresAddress address, TimeProvider time)
    {
        store.BeginWrite();
        try
        {
            var version = VersionOf(store, address);
            if (version > Schema.Version)
                throw new StartupException($"The database {address} was written by a newer version of Parley (its schema is {version}, this program knows " +
                    $"{Schema.Version}). Update this program.");
            if (version == 0)
                Begin(store, time);
            else if (version < Schema.Version)
                throw new StartupException($"The database {address} is of schema {version}, which this program cannot bring up to date.");
            store.Commit();
        }
        catch
        {
            store.RollBack();
            throw;
        }
    }

    private static int VersionOf(StoreConnection store, PostgresAddress address)
    {
        const string Tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()";
        if (store.Prepare(Tables).Integer() == 0)
            return 0;
        if (store.Prepare($"{Tables} AND tablename IN ('users', 'channels', 'messages', 'events', 'schema_version')").Integer() != 5)
            throw new StartupException($"The database {address} belongs to another program. Make one for Parley alone (createdb).");
        return (int)(store.Prepare("SELECT version FROM schema_version").Integer() ?? 0);
    }

    private static void Begin(StoreConnection store, TimeProvider time)
    {
        store.Execute(PostgresSchema.Tables);
        store.Execute(PostgresSchema.Append);
        store.Prepare("INSERT INTO channels(name, description, created_at) VALUES(@name, @description, @at)")
            .Set("@name", ChannelNameRule.General)
            .Set("@description", "General discussion")
            .Set("@at", WireTime.ToMicroseconds(time.GetUtcNow()))
            .Execute();
        store.Prepare("INSERT INTO properties(name, value) VALUES('epoch', @epoch), ('address_key', @key)")
            .Set("@epoch", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
            .Set("@key", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))
            .Execute();
        store.Prepare("INSERT INTO schema_version(version) VALUES(@version)").Set("@version", PostgresSchema.FirstVersion).Execute();
    }
}
