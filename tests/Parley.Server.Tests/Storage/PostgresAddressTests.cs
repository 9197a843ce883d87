using Npgsql;
using Parley.Server.Hosting;
using Parley.Server.Storage.Postgres;

namespace Parley.Server.Tests.Storage;

/// <summary>An address of PostgreSQL is read as libpq reads it, and never shown with its password.</summary>
public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://alice:s3cret@db.example.org:5433/chat", "db.example.org", 5433, "chat", "alice", "s3cret")]
    [InlineData("postgresql://alice@db.example.org/chat", "db.example.org", 5432, "chat", "alice", null)]
    [InlineData("postgres://a%40b:p%3Aw%2F@[2001:db8::1]:5433/chat%20room?sslmode=verify-full", "2001:db8::1", 5433, "chat room", "a@b", "p:w/")]
    [InlineData("postgres://alice@localhost/chat?host=%2Frun%2Fpostgresql", "/run/postgresql", 5432, "chat", "alice", null)]
    public void An_address_is_read(string text, string host, int port, string name, string user, string? password)
    {
        var address = PostgresAddress.Parse(text);
        var read = new NpgsqlConnectionStringBuilder(address.ConnectionString);

        Assert.Equal((host, port, name, user, password), (read.Host, read.Port, read.Database, read.Username, read.Password));
        Assert.DoesNotContain(password ?? "\0", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat_data.db")]
    [InlineData("postgres://alice@/chat")]
    [InlineData("postgres://alice:s3cret@db.example.org")]
    [InlineData("postgres://alice:s3cret@db.example.org/chat?sslmode=perhaps")]
    [InlineData("postgres://alice:s3cret@db.example.org/chat?speed=high")]
    [InlineData("")]
    public void What_is_none_is_refused_without_the_password(string text)
    {
        var refused = Assert.Throws<StartupException>(() => PostgresAddress.Parse(text));

        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }
}
