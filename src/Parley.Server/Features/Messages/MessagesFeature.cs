using Parley.Server.Commands;

namespace Parley.Server.Features.Messages;

/// <summary>Messages and actions.</summary>
internal static class MessagesFeature
{
    public static void Map(CommandTable table) => table
        .Say("message", new SayMessageHandler())
        .Say("action", new SayActionHandler())
        .Write("message_edit", new EditMessageHandler())
        .Write("message_delete", new DeleteMessageHandler());
}
