using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Level1;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Conversations;

/// <summary>Direct conversations.</summary>
internal static class ConversationsFeature
{
    public static void Map(CommandTable table, ServerParts parts, Saying saying, ConversationDelivery delivery) => table
        .Write("private_message", ProtocolJson.Default.SayPrivately, new SayPrivatelyHandler(saying))
        .Write("conversation_open", ProtocolJson.Default.OpenConversation, new OpenConversationHandler(), Access.MemberOfLevel2)
        .Steps("conversation_list", ProtocolJson.Default.ListConversations, new ListConversationsHandler(parts, delivery), Access.MemberOfLevel2);
}
