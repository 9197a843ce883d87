namespace Parley.Client.Connection;

/// <summary>Where a server is.</summary>
/// <param name="Host">A name or an address; IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="UseTls">Whether the server speaks TLS. It is on unless the person said otherwise.</param>
public sealed record ServerAddress(string Host, int Port, bool UseTls = true)
{
    /// <summary>The port of a server that was told nothing else.</summary>
    public const int DefaultPort = 5050;

    /// <summary><c>HOST:PORT</c>, IPv6 in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
