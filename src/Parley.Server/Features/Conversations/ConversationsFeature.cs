using Parley.Server.Commands;
using Parley.Server.Connections;

namespace Parley.Server.Features.Conversations;

/// <summary>Direct conversations.</summary>
internal static class ConversationsFeature
{
    public static void Map(CommandTable table, ServerParts parts) => table
        .Say("private_message", new SayPrivatelyHandler())
        .Write("conversation_open", new OpenConversationHandler())
        .Steps("conversation_list", new ListConversationsHandler(parts));
}
