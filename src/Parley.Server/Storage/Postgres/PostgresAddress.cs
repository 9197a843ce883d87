using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Parley.Server.Hosting;

namespace Parley.Server.Storage.Postgres;

/// <summary>Where a database of PostgreSQL is, and as whom to go there; shown without the password.</summary>
internal sealed class PostgresAddress
{
    private const string Form = "postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=verify-full";

    private readonly string _shown;

    private PostgresAddress(string connectionString, string shown) => (ConnectionString, _shown) = (connectionString, shown);

    /// <summary>For Npgsql.</summary>
    public string ConnectionString { get; }

    /// <summary>A name for what stands in the server's own folder: the same for the same database.</summary>
    public string FileName => "parley-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_shown)).AsSpan(0, 8));

    /// <summary>Whether a text is meant to be such an address.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address as libpq writes it (https://www.postgresql.org/docs/current/libpq-connect.html, "Connection URIs").</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public static PostgresAddress Parse(string text)
    {
        if (!IsOne(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.AbsolutePath.Trim('/') is not { Length: > 0 } name)
            throw new StartupException($"The database's address is none. It looks like {Form}.");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host.Trim('[', ']')),
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(name),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "parley-server",
            Pooling = false, // Each connection of ours is kept by whoever uses it.
            Timeout = 5,
            CommandTimeout = 30,
            KeepAlive = 30,
            Options = "-c synchronous_commit=on", // What is acknowledged is kept, whatever the cluster is set to.
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, Uri.UnescapeDataString(v)) : (pair, "");
            switch (key)
            {
                case "sslmode":
                    builder.SslMode = value switch
                    {
                        "disable" => SslMode.Disable,
                        "allow" => SslMode.Allow,
                        "prefer" => SslMode.Prefer,
                        "require" => SslMode.Require,
                        "verify-ca" => SslMode.VerifyCA,
                        "verify-full" => SslMode.VerifyFull,
                        _ => throw new StartupException($"sslmode={value} is not known. It is disable, allow, prefer, require, verify-ca or verify-full."),
                    };
                    break;
                case "sslrootcert":
                    builder.RootCertificate = value;
                    break;
                case "host": // A folder of a Unix socket cannot stand in the address itself.
                    builder.Host = value;
                    break;
                default:
                    throw new StartupException($"The database's address says {key}=, which is not known: sslmode, sslrootcert and host are.");
            }
        }

        return new PostgresAddress(builder.ConnectionString, $"postgres://{builder.Host}:{builder.Port}/{builder.Database}");
    }

    public override string ToString() => _shown;
}
