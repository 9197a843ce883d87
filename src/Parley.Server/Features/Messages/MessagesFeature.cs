using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Messages;

/// <summary>Messages and actions.</summary>
internal static class MessagesFeature
{
    public static void Map(CommandTable table, Saying saying) => table
        .Say("message", ProtocolJson.Default.SayMessage, new SayMessageHandler(saying))
        .Say("action", ProtocolJson.Default.SayAction, new SayActionHandler(saying));
}
