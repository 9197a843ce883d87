using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol.Framing;

/// <summary>Writes messages as frames.</summary>
public static class FrameWriter
{
    /// <summary>Appends one frame that holds <paramref name="message"/> as JSON.</summary>
    /// <param name="output">Where the frame goes; its written part grows by the whole frame or, on an exception, not at all usefully.</param>
    /// <param name="message">The message.</param>
    /// <param name="typeInfo">The message's contract from <see cref="Wire.ProtocolJson"/>.</param>
    /// <exception cref="FrameTooLongException">The message would be longer than <see cref="FrameLimits.MaxPayloadBytes"/>.</exception>
    public static void Write<T>(ArrayBufferWriter<byte> output, T message, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(output);
        var start = output.WrittenCount;
        output.GetSpan(FrameLimits.HeaderBytes);
        output.Advance(FrameLimits.HeaderBytes);

        using (var json = new Utf8JsonWriter(output, Wire.ProtocolJson.WriterOptions))
            JsonSerializer.Serialize(json, message, typeInfo);

        var length = output.WrittenCount - start - FrameLimits.HeaderBytes;
        if (length > FrameLimits.MaxPayloadBytes)
            throw new FrameTooLongException(length);

        // The header lies in the writer's own array, which only grew: patch it in place.
        var header = System.Runtime.InteropServices.MemoryMarshal.AsMemory(output.WrittenMemory).Slice(start, FrameLimits.HeaderBytes);
        BinaryPrimitives.WriteUInt32BigEndian(header.Span, (uint)length);
    }

    /// <summary>The whole frame of one message in an array of its own.</summary>
    /// <inheritdoc cref="Write{T}"/>
    public static byte[] ToFrame<T>(T message, JsonTypeInfo<T> typeInfo)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output, message, typeInfo);
        return output.WrittenSpan.ToArray();
    }
}
