using System.Net.Sockets;

namespace Parley.Load.Wire;

/// <summary>A connection of lines, for IRC.</summary>
internal abstract class LineConnection(Socket socket) : Connection(socket)
{
    protected override int Consume(ReadOnlySpan<byte> bytes)
    {
        var consumed = 0;
        while (bytes[consumed..].IndexOf((byte)'\n') is var length and >= 0)
        {
            var line = bytes.Slice(consumed, length);
            OnLine(line.EndsWith("\r"u8) ? line[..^1] : line);
            consumed += length + 1;
        }

        return consumed;
    }

    protected abstract void OnLine(ReadOnlySpan<byte> line);
}
