using Parley.Client.Features.ReadState;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Rooms;

/// <summary>What the server tells of a room, in whatever list it stands.</summary>
/// <param name="Id">The room.</param>
/// <param name="LastNumber">Where its log ends; what comes after that is heard.</param>
/// <param name="Read">How far the user has read.</param>
internal readonly record struct RoomSnapshot(ChannelId Id, long LastNumber, ReadPosition Read)
{
    /// <summary>The rooms that a message tells of as a snapshot: one step with the events that come after it.</summary>
    internal static IEnumerable<RoomSnapshot> In(ServerMessage message) => message switch
    {
        Ready ready => ready.Channels.Select(c => new RoomSnapshot(c.Id, c.LastNumber, new ReadPosition(c.ReadNumber, c.Unread, c.Mentions)))
            .Concat(ready.Conversations.Select(Of)),
        ChannelList page => page.Channels.Select(c =>
            new RoomSnapshot(c.Id, c.LastNumber ?? 0, new ReadPosition(c.ReadNumber ?? 0, c.Unread ?? 0, c.Mentions ?? 0))),
        ConversationPage page => page.Conversations.Select(Of),
        _ => [],
    };

    private static RoomSnapshot Of(ConversationState c) => new(c.Id, c.LastNumber, new ReadPosition(c.ReadNumber, c.Unread, c.Mentions));
}
