using Parley.Server.Features.Accounts;
using Parley.Server.Limits;

namespace Parley.Server.Hosting;

/// <summary>What the command line says.</summary>
internal sealed record ServerOptions
{
    public const string DefaultHost = "127.0.0.1";
    public const int DefaultPort = 5050;
    public const string DefaultDatabase = "chat_data.db";
    public const string DefaultFolder = "certs";
    public const string CertificateName = "server.crt";
    public const string KeyName = "server.key";

    public string Host { get; init; } = DefaultHost;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>SQLite's file, or the address of a database of PostgreSQL.</summary>
    public string Database { get; init; } = DefaultDatabase;

    public bool UseTls { get; init; } = true;

    /// <summary>Null: the default place, where a certificate is made if there is none.</summary>
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>What one user, address and connection may do.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>bcrypt's, of new passwords.</summary>
    public int BcryptCost { get; init; } = PasswordHasher.DefaultCost;

    /// <summary>One of <see cref="Protocol.Features.Joining"/>.</summary>
    public string Joining { get; init; } = Protocol.Features.Joining.Open;

    /// <summary>What the server is called; null where it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>Lifts every limit per user and address; for trusted load only.</summary>
    public bool NoLimits { get; init; }

    /// <summary>Ends in order when standard input does, which is when whoever started it has ended, however that was.</summary>
    public bool EndWithInput { get; init; }
}
