using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Messages;

/// <summary>Messages and actions.</summary>
internal static class MessagesFeature
{
    public static void Map(CommandTable table, Saying saying) => table
        .Write("message", ProtocolJson.Default.SayMessage, new SayMessageHandler(saying))
        .Write("action", ProtocolJson.Default.SayAction, new SayActionHandler(saying));
}
