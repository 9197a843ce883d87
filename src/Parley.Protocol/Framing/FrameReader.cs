using System.Buffers;
using System.Buffers.Binary;

namespace Parley.Protocol.Framing;

/// <summary>What <see cref="FrameReader"/> found at the start of the bytes.</summary>
public enum FrameStatus
{
    /// <summary>The frame is not whole yet; read more bytes.</summary>
    Incomplete,

    /// <summary>A whole frame was taken from the bytes.</summary>
    Complete,

    /// <summary>The announced length is above <see cref="FrameLimits.MaxPayloadBytes"/>: close the connection.</summary>
    TooLong,
}

/// <summary>Cuts frames out of a stream of bytes. Pure: it keeps no state between calls.</summary>
public static class FrameReader
{
    /// <summary>Takes one frame from the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What was received and not yet consumed; on <see cref="FrameStatus.Complete"/> it starts after the frame.</param>
    /// <param name="payload">The frame's payload, without its length prefix; a slice of <paramref name="bytes"/>, not a copy.</param>
    public static FrameStatus TryRead(ref ReadOnlySequence<byte> bytes, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (bytes.Length < FrameLimits.HeaderBytes)
            return FrameStatus.Incomplete;

        Span<byte> header = stackalloc byte[FrameLimits.HeaderBytes];
        bytes.Slice(0, FrameLimits.HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length > FrameLimits.MaxPayloadBytes)
            return FrameStatus.TooLong;
        if (bytes.Length - FrameLimits.HeaderBytes < length)
            return FrameStatus.Incomplete;

        payload = bytes.Slice(FrameLimits.HeaderBytes, length);
        bytes = bytes.Slice(payload.End);
        return FrameStatus.Complete;
    }

    /// <summary>Takes one frame from the start of <paramref name="bytes"/>; the same as the overload for sequences, for bytes that lie in one piece.</summary>
    /// <param name="bytes">What was received and not yet consumed.</param>
    /// <param name="payload">The frame's payload, without its length prefix.</param>
    /// <param name="consumed">The bytes that the frame took, prefix included; 0 where none was whole.</param>
    public static FrameStatus TryRead(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> payload, out int consumed)
    {
        payload = default;
        consumed = 0;
        if (bytes.Length < FrameLimits.HeaderBytes)
            return FrameStatus.Incomplete;

        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
        if (length > FrameLimits.MaxPayloadBytes)
            return FrameStatus.TooLong;
        if ((uint)(bytes.Length - FrameLimits.HeaderBytes) < length)
            return FrameStatus.Incomplete;

        payload = bytes.Slice(FrameLimits.HeaderBytes, (int)length);
        consumed = FrameLimits.HeaderBytes + (int)length;
        return FrameStatus.Complete;
    }
}
