using System.Globalization;
using System.Net;
using Parley.Client.Connection;

namespace Parley.Desktop.CommandLine;

/// <summary>A server as a person writes it: <c>chat.example.org:5050</c>, <c>192.0.2.1</c>, <c>[2001:db8::1]:5050</c>.</summary>
internal static class HostAndPort
{
    /// <summary>Reads <paramref name="text"/>; a missing port is the usual one. Null where it is no address.</summary>
    internal static ServerAddress? TryParse(string text)
    {
        text = text.Trim();
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IPAddress.TryParse(text.AsSpan(1, end - 1), out _) ? Read(text[1..end], text[(end + 1)..]) : null;
        }

        // More than one colon and no brackets: an IPv6 address without a port.
        if (text.Count(c => c == ':') > 1)
            return IPAddress.TryParse(text, out _) ? new ServerAddress(text, ServerAddress.DefaultPort) : null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Read(text, "") : Read(text[..colon], text[colon..]);
    }

    private static ServerAddress? Read(string host, string rest)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return null;
        if (rest.Length == 0)
            return new ServerAddress(host, ServerAddress.DefaultPort);
        return rest[0] == ':'
            && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue
            ? new ServerAddress(host, port)
            : null;
    }
}
