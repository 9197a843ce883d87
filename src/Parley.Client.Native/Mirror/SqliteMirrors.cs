using Microsoft.Extensions.Logging;
using Parley.Client.Connection;
using Parley.Client.Mirror;
using Parley.Client.State;

namespace Parley.Client.Native.Mirror;

/// <summary>Mirrors as SQLite files, one for each account, which nobody but their owner can read.</summary>
/// <param name="folder">Where they lie; it is made where there is none.</param>
/// <param name="logger">Where it is told what could not be opened, read, written or removed.</param>
public sealed class SqliteMirrors(string folder, ILogger logger) : IMirrors
{
    /// <inheritdoc/>
    public IMirror? Open(ServerAddress server, string username, ChatStore store) =>
        ChatMirror.Open(MirrorFile.PathOf(folder, server, username), username, store, logger);

    /// <inheritdoc/>
    public void EraseAll(ServerAddress server) => ChatMirror.EraseAll(folder, server, logger);
}
