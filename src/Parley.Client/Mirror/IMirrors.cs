using Parley.Client.Connection;
using Parley.Client.State;

namespace Parley.Client.Mirror;

/// <summary>Where the host of a client keeps mirrors, one for each account.</summary>
public interface IMirrors
{
    /// <summary>Opens the mirror of an account, and makes it where there is none.</summary>
    /// <param name="server">The account's server.</param>
    /// <param name="username">The account's name, as the server says it: it may be anything.</param>
    /// <param name="store">The state that is mirrored from now on.</param>
    /// <returns>The mirror; null where that cannot be: the client goes on without one.</returns>
    IMirror? Open(ServerAddress server, string username, ChatStore store);

    /// <summary>Leaves nothing of any account on a server. None of their mirrors may be open.</summary>
    void EraseAll(ServerAddress server);
}
