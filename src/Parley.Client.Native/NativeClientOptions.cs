using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Parley.Client.Native.Connection;
using Parley.Client.Native.Mirror;

namespace Parley.Client.Native;

/// <summary>What a program on a person's own machine gives to its <see cref="ChatClient"/>s: sockets, certificates that are pinned, and files.</summary>
public static class NativeClientOptions
{
    /// <summary>Options with a wire, with HTTP, and with mirrors where there is a folder for them.</summary>
    /// <param name="mirrorFolder">The folder of the mirrors; null for none.</param>
    /// <param name="logger">Where the clients and their mirrors log; null for nowhere.</param>
    public static ChatClientOptions Create(string? mirrorFolder = null, ILogger? logger = null)
    {
        var log = logger ?? NullLogger.Instance;
        return new ChatClientOptions
        {
            Wire = new TcpWire(TimeProvider.System),
            Http = new HttpClients(TimeProvider.System),
            Mirrors = mirrorFolder is null ? null : new SqliteMirrors(mirrorFolder, log),
            Logger = log,
        };
    }
}
