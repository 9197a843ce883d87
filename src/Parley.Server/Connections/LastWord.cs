using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>How a connection is told why it ends, in its level's words.</summary>
internal static class LastWord
{
    public static void Write(FrameBlock block, Receiver receiver, Closing word)
    {
        if (receiver.Level > 1)
            block.Append(word, ProtocolJson.Default.Closing);
        else if (word.Reason is CloseReason.Limit)
            block.Append(new ErrorMessage(ErrorCode.Busy, word.Message), ProtocolJson.Default.ErrorMessage);
        else if (word.Reason is CloseReason.Timeout && receiver.Identity is null)
            block.Append(new ErrorMessage(ErrorCode.NotAuthenticated, word.Message), ProtocolJson.Default.ErrorMessage);
        else if (word.Reason is not CloseReason.ProtocolViolation)
            block.Append(new SystemMessage(word.Message), ProtocolJson.Default.SystemMessage);
    }
}
