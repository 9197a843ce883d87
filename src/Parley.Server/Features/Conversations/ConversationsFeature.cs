using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Conversations;

/// <summary>Direct conversations.</summary>
internal static class ConversationsFeature
{
    public static void Map(CommandTable table, Saying saying) => table
        .Write("private_message", ProtocolJson.Default.SayPrivately, new SayPrivatelyHandler(saying))
        .Write("conversation_open", ProtocolJson.Default.OpenConversation, new OpenConversationHandler(), Access.MemberOfLevel2);
}
