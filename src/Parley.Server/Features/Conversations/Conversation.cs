using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;

namespace Parley.Server.Features.Conversations;

/// <summary>Opening a conversation, which both ways to one share.</summary>
internal static class Conversation
{
    /// <summary>The conversation with <paramref name="user"/>, and what is to be told where it is new.</summary>
    public static (ChannelRow Channel, IReadOnlyList<ConversationWasOpened> Opened) Open(CommandContext context, UserRow user)
    {
        var (channel, openedAfter) = ConversationStore.FindOrAdd(context.Db, context.Actor.Id, user.Id, context.At);
        if (openedAfter is not { } latest)
            return (channel, []);
        var other = new ConversationWasOpened(channel.Id, context.Actor.Id, new SelfState(user.Id, user.Username), latest);
        return context.Actor.Id == user.Id
            ? (channel, [other])
            : (channel, [other, new ConversationWasOpened(channel.Id, user.Id, new SelfState(context.Actor.Id, context.Actor.Username), latest)]);
    }
}
