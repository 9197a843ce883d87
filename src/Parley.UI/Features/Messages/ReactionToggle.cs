using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;

namespace Parley.UI.Features.Messages;

/// <summary>A press on an emoji adds the user's reaction, or takes it back.</summary>
internal static class ReactionToggle
{
    internal static async Task PressAsync(ChatClient client, ChannelId room, Message message, string emoji)
    {
        var kind = message.Reactions.IsMine(emoji) ? ChangeKind.RemoveReaction : ChangeKind.AddReaction;
        await client.ChangeAsync(room, message.Id, kind, emoji, CancellationToken.None);
    }
}
