namespace Parley.Protocol.Framing;

/// <summary>The sizes that the framing knows (docs/protocol.md, "Framing").</summary>
public static class FrameLimits
{
    /// <summary>The length prefix: an unsigned big-endian 32-bit number of payload bytes.</summary>
    public const int HeaderBytes = 4;

    /// <summary>The largest payload in bytes, in both directions. A longer announced length closes the connection before anything is buffered.</summary>
    public const int MaxPayloadBytes = 1_048_576;
}
