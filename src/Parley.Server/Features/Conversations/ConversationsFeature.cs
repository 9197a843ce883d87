using Parley.Server.Commands;

namespace Parley.Server.Features.Conversations;

/// <summary>Direct conversations.</summary>
internal static class ConversationsFeature
{
    public static void Map(CommandTable table) => table
        .Say("private_message", new SayPrivatelyHandler())
        .Write("conversation_open", new OpenConversationHandler())
        .HeldRead("conversation_list", new ListConversationsHandler());
}
