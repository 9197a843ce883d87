using System.Net.Sockets;
using System.Text;
using Parley.Server.Hosting;

namespace Parley.Server.Admin;

/// <summary>Where a running server hears its operator: <c>NAME.db.sock</c> beside the database.</summary>
internal static class AdminSocketPath
{
    // struct sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included.
    private static readonly int MostBytes = OperatingSystem.IsLinux() ? 107 : 103;

    /// <param name="databasePath">As <see cref="Storage.Sqlite.SqlitePath.Resolve"/> gave it.</param>
    public static string Of(string databasePath) => $"{databasePath}.sock";

    /// <summary>The socket's address: by the path from where the program is, where only that is short enough.</summary>
    /// <exception cref="StartupException">Both are too long for an address of this kind.</exception>
    public static UnixDomainSocketEndPoint EndPoint(string path)
    {
        var shorter = Path.GetRelativePath(Environment.CurrentDirectory, path);
        foreach (var name in (string[])[path, shorter])
        {
            if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
                return new UnixDomainSocketEndPoint(name);
        }

        throw new StartupException($"The path '{path}' is longer than a socket's may be ({MostBytes} bytes).");
    }
}
