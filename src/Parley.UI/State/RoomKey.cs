using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>The key of a room in the profile's files.</summary>
internal static class RoomKey
{
    // The epoch is part of the key: in another one the same id is another room.
    internal static string Of(ChatClient client, ChannelId id)
    {
        ArgumentNullException.ThrowIfNull(client);
        var state = client.Store.State;
        return $"{client.Server} {state.Epoch} {state.User?.Id} {id}";
    }

    /// <summary>Whether a key is of a room on this server, whoever had it.</summary>
    internal static bool IsOn(ServerAddress server, string key) => key.StartsWith($"{server} ", StringComparison.Ordinal);
}
