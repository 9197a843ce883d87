using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;
using Parley.Server.Events.Sending;

namespace Parley.Server.Doors.Frames;

/// <summary>Messages as frames: a length and the JSON of the record. What both levels have in common.</summary>
internal static class FrameEncoder
{
    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>Appends one message as a frame, by the contract of its type.</summary>
    /// <param name="block">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="lastArray">Elements that are JSON already, for the array that is the message's last property, and empty there.</param>
    /// <exception cref="FrameTooLongException">It fits no frame; nothing was appended.</exception>
    public static void Append(ByteBlock block, ServerMessage message, IEnumerable<byte[]>? lastArray = null)
    {
        var start = block.Length;
        try
        {
            block.GetSpan(FrameLimits.HeaderBytes);
            block.Advance(FrameLimits.HeaderBytes);
            var json = _json ??= new Utf8JsonWriter(block, ProtocolJson.WriterOptions);
            json.Reset(block);
            JsonSerializer.Serialize(json, message, ContractOf(message));
            json.Flush();
            if (lastArray is not null)
                FillLastArray(block, lastArray);
            var payload = block.Length - start - FrameLimits.HeaderBytes;
            if (payload > FrameLimits.MaxPayloadBytes)
                throw new FrameTooLongException(payload);
            BinaryPrimitives.WriteUInt32BigEndian(block.Written[start..], (uint)payload);
        }
        catch
        {
            block.TakeBackTo(start); // A frame is there whole or not at all.
            throw;
        }
    }

    /// <summary>One message as a frame in an array of its own.</summary>
    public static byte[] ToFrame(ServerMessage message)
    {
        var block = new ByteBlock();
        Append(block, message);
        return block.Written.ToArray();
    }

    private static JsonTypeInfo ContractOf(ServerMessage message) =>
        ProtocolJson.Default.GetTypeInfo(message.GetType())
            ?? throw new InvalidOperationException($"{message.GetType().Name} has no contract in {nameof(ProtocolJson)}.");

    private static void FillLastArray(ByteBlock block, IEnumerable<byte[]> elements)
    {
        var end = "[]}"u8;
        if (!block.Written.EndsWith(end))
            throw new InvalidOperationException("The message does not end with an empty array.");
        block.TakeBackTo(block.Length - (end.Length - 1));
        var isFirst = true;
        foreach (var element in elements)
        {
            if (!isFirst)
                block.Append(","u8);
            isFirst = false;
            block.Append(element);
        }

        block.Append(end[1..]);
    }
}
