using Parley.Protocol.Features;
using Parley.Server.Commands;

namespace Parley.Server.Features.Messages;

/// <summary>Messages and actions.</summary>
internal static class MessagesFeature
{
    public static void Map(CommandTable table) => table
        .Say("message", new SayInChannelHandler<SayMessage>(
            EventKind.Message,
            say => new ChannelPost(say.Channel, say.ChannelId, say.Content, say.Nonce, say.ReplyTo),
            (say, content) => say with { Content = content }))
        .Say("action", new SayInChannelHandler<SayAction>(
            EventKind.Action,
            say => new ChannelPost(say.Channel, say.ChannelId, say.Content, say.Nonce, say.ReplyTo),
            (say, content) => say with { Content = content }))
        .Write("message_edit", new EditMessageHandler())
        .Write("message_delete", new DeleteMessageHandler());
}
