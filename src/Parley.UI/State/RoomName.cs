using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>The name of a room on the screen.</summary>
/// <param name="Name">The channel's name, or the other person's.</param>
/// <param name="Description">What a channel is for; may be empty.</param>
/// <param name="IsChannel">Whether it is a channel.</param>
/// <param name="IsSelf">Whether it is notes to oneself.</param>
public sealed record RoomName(string Name, string Description, bool IsChannel, bool IsSelf)
{
    /// <summary>With its prefix: <c>#general</c>, <c>@bob</c>.</summary>
    public string WithPrefix => (IsChannel ? "#" : "@") + Name;

    /// <summary>The name of a room; null where there is none of that id.</summary>
    public static RoomName? Of(ChatState state, ChannelId id)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.RoomOf(id) switch
        {
            Channel channel => new RoomName(channel.Name, channel.Description, IsChannel: true, IsSelf: false),
            Conversation conversation => new RoomName(conversation.WithUsername, "", IsChannel: false, conversation.WithId == state.User?.Id),
            _ => null,
        };
    }
}
