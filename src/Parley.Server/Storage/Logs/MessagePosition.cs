using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>Where something stands that was said: what its acknowledgement says.</summary>
internal sealed record MessagePosition(ChannelId Channel, long Number, MessageId Id, long At)
{
    /// <summary>It was said with this nonce before, and stands there: nothing was written.</summary>
    public bool IsRepeated { get; init; }
}
