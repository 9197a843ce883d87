using System.Buffers.Binary;
using System.Net.Sockets;
using Parley.Protocol.Framing;

namespace Parley.Load.Wire;

/// <summary>A connection of length-prefixed frames.</summary>
internal abstract class FrameConnection(Socket socket) : Connection(socket)
{
    public long FramesReceived { get; private set; }

    protected override int Consume(ReadOnlySpan<byte> bytes)
    {
        var consumed = 0;
        while (bytes.Length - consumed >= FrameLimits.HeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[consumed..]);
            if (length > FrameLimits.MaxPayloadBytes)
                throw new InvalidDataException($"The server announced a frame of {length} bytes.");
            if (bytes.Length - consumed - FrameLimits.HeaderBytes < (int)length)
                break;
            FramesReceived++;
            OnFrame(bytes.Slice(consumed + FrameLimits.HeaderBytes, (int)length));
            consumed += FrameLimits.HeaderBytes + (int)length;
        }

        return consumed;
    }

    protected abstract void OnFrame(ReadOnlySpan<byte> payload);
}
