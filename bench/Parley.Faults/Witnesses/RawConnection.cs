using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Faults.Witnesses;

/// <summary>The protocol with nothing around it: the machine's own eyes, which share no code with the client library but the wire's contracts.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _header = new byte[FrameLimits.HeaderBytes];
    private long _lastRef;

    public async Task ConnectAsync(int port, CancellationToken cancel) => await _socket.ConnectAsync(IPAddress.Loopback, port, cancel);

    public async Task SendAsync<T>(T command, JsonTypeInfo<T> contract, CancellationToken cancel)
        where T : Command
    {
        var frame = FrameWriter.ToFrame(command with { Ref = RequestRef.FromNumber(++_lastRef) }, contract);
        for (var sent = 0; sent < frame.Length;)
            sent += await _socket.SendAsync(frame.AsMemory(sent), cancel);
    }

    /// <summary>The next message: its type and its payload.</summary>
    /// <exception cref="EndOfStreamException">There is no further one.</exception>
    public async Task<(string Type, byte[] Payload)> ReadAsync(CancellationToken cancel)
    {
        await FillAsync(_header, cancel);
        var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(_header)];
        await FillAsync(payload, cancel);
        return (FrameHead.Read(payload).Type ?? throw new InvalidDataException("A frame that is no message."), payload);
    }

    /// <summary>Reads on until a message of this type comes; what comes before it is handed to <paramref name="meanwhile"/>.</summary>
    public async Task<T> ReadUntilAsync<T>(string type, JsonTypeInfo<T> contract, Action<string, byte[]>? meanwhile, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            var (found, payload) = await ReadAsync(cancel);
            if (found == type)
                return JsonSerializer.Deserialize(payload, contract) ?? throw new InvalidDataException("An empty message.");
            if (found == "error")
                throw new IOException(JsonSerializer.Deserialize(payload, ProtocolJson.Default.ErrorMessage)?.Message);
            meanwhile?.Invoke(found, payload);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task FillAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (!buffer.IsEmpty)
        {
            var count = await _socket.ReceiveAsync(buffer, cancel);
            if (count == 0)
                throw new EndOfStreamException();
            buffer = buffer[count..];
        }
    }
}
