using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Parley.Desktop.Hosting;

/// <summary>
/// Who may come in. The loopback port is open to every program and every web page of this machine, so each first address bears a random token that is
/// good once and becomes a cookie; without it everything is refused. Only hashes are compared, and only hashes are kept.
/// </summary>
internal sealed class LoopbackDoor
{
    private const int TokenBytes = 32;
    private const int PathBytes = 16;

    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _cookies = new(StringComparer.Ordinal);

    /// <summary>
    /// What all addresses of this process begin with. A browser sends a cookie to every port of a host (RFC 6265, 8.5), but only below the cookie's path: one
    /// that nobody can guess keeps it from whatever else listens on this machine.
    /// </summary>
    internal string Path { get; } = "/" + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(PathBytes));

    /// <summary>A new token for one first address.</summary>
    internal string IssueToken() => Issue(_tokens);

    /// <summary>Takes a token and gives the value of its cookie; null where the token is unknown or used.</summary>
    internal string? Redeem(string token) => _tokens.TryRemove(Hash(token), out _) ? Issue(_cookies) : null;

    /// <summary>Whether a cookie opens the door.</summary>
    internal bool Opens(string? cookie) => cookie is not null && _cookies.ContainsKey(Hash(cookie));

    private static string Issue(ConcurrentDictionary<string, bool> kept)
    {
        var value = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenBytes));
        kept[Hash(value)] = true;
        return value;
    }

    private static string Hash(string value) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(value)));
}
