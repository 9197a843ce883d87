using System.Globalization;
using System.Net;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.UI.Features.Servers;

/// <summary>The one or two signs that stand for a server.</summary>
public static class ServerInitials
{
    /// <summary>Of an account's server: of its name, where it has one.</summary>
    public static string Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.HasName ? OfName(account.Name) : Of(account.Server);
    }

    /// <summary>Of a name that somebody chose, the first letters of its first two words.</summary>
    public static string OfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(2).Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }

    /// <summary>
    /// Of a host's name the first letters of its parts without the last one, which is the same for half of the world (<c>chat.example.org</c>: CE). Of an
    /// address what tells it from its neighbours, the last part (<c>192.168.1.20</c>: 20). Servers of this very computer differ in nothing but the port: the
    /// end of it.
    /// </summary>
    public static string Of(ServerAddress server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var isAddress = IPAddress.TryParse(server.Host, out var address);
        if (server.Host == "localhost" || address is not null && IPAddress.IsLoopback(address))
            return (server.Port % 100).ToString("00", CultureInfo.InvariantCulture);
        if (isAddress)
            return server.Host.Split('.', ':').Last(part => part.Length > 0).ToUpperInvariant();
        var parts = server.Host.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat((parts.Length > 1 ? parts[..^1] : parts).Take(2).Select(part => part[0])).ToUpperInvariant();
    }
}
