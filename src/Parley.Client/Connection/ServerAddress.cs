using System.Globalization;
using System.Net;

namespace Parley.Client.Connection;

/// <summary>
/// Where a server is. However the host was typed, it is kept in one form (lower case, <c>xn--</c> for letters beyond ASCII, the short form of IPv6): two
/// addresses of one server are equal, and what is remembered by one is found by the other.
/// </summary>
/// <param name="Host">A name or an address; IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="UseTls">Whether the server speaks TLS. It is on unless the person said otherwise.</param>
public sealed record ServerAddress(string Host, int Port, bool UseTls = true)
{
    /// <summary>The port of a server that was told nothing else.</summary>
    public const int DefaultPort = 5050;

    /// <summary>A name or an address in its one form; IPv6 without brackets.</summary>
    public string Host { get; init => field = Canonical(value); } = Canonical(Host);

    /// <summary>
    /// Reads an address as people write and paste it: <c>chat.example.org</c>, <c>192.0.2.1:5050</c>, <c>[2001:db8::1]:5050</c>,
    /// <c>https://chat.example.org:5050/invite</c>. Null where it is none.
    /// </summary>
    /// <param name="text">What was written; blanks around it do not count, nor does a path.</param>
    /// <param name="portElse">The port where the text names none.</param>
    public static ServerAddress? TryParse(string text, int portElse = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = WithoutSchemeAndPath(text.Trim());
        if (rest.StartsWith('['))
        {
            var end = rest.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IPAddress.TryParse(rest.AsSpan(1, end - 1), out _) ? Read(rest[1..end], rest[(end + 1)..], portElse) : null;
        }

        // More than one colon and no brackets: an IPv6 address without a port.
        if (rest.Count(c => c == ':') > 1)
            return IPAddress.TryParse(rest, out _) ? new ServerAddress(rest, portElse) : null;
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Read(rest, "", portElse) : Read(rest[..colon], rest[colon..], portElse);
    }

    /// <summary><c>HOST:PORT</c>, IPv6 in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static string WithoutSchemeAndPath(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && text.AsSpan(0, scheme).IndexOfAnyExceptInRange('A', 'z') < 0)
            text = text[(scheme + 3)..];
        var path = text.AsSpan().IndexOfAny('/', '?', '#');
        return path < 0 ? text : text[..path];
    }

    private static ServerAddress? Read(string host, string rest, int portElse)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return null;
        if (rest.Length == 0)
            return new ServerAddress(host, portElse);
        return rest[0] == ':'
            && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue
            ? new ServerAddress(host, port)
            : null;
    }

    // Never throws: what is no name of a host at all fails when it is looked up.
    private static string Canonical(string host)
    {
        host = host.Trim();
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        if (host.Contains(':', StringComparison.Ordinal))
        {
            // A zone is the name of a network card, which the system would turn into a number that changes.
            var zone = host.IndexOf('%', StringComparison.Ordinal);
            return IPAddress.TryParse(zone < 0 ? host : host[..zone], out var address) ? address + (zone < 0 ? "" : host[zone..]) : host;
        }

        if (host.Length == 0)
            return host;
        try
        {
            return new IdnMapping().GetAscii(host.Length > 1 ? host.TrimEnd('.') : host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return host.ToLowerInvariant();
        }
    }
}
