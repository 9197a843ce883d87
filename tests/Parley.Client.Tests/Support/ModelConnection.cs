using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>
/// One connection of a <see cref="ModelServer"/>: answers leave in the order of their requests, and what is told goes past those that are held up.
/// </summary>
internal sealed class ModelConnection(ModelServer server, Socket socket) : IDisposable
{
    private static readonly Dictionary<string, JsonTypeInfo> Contracts = new()
    {
        ["hello"] = ProtocolJson.Default.Hello,
        ["history"] = ProtocolJson.Default.ReadHistory,
        ["message"] = ProtocolJson.Default.SayMessage,
        ["message_edit"] = ProtocolJson.Default.EditMessage,
        ["message_delete"] = ProtocolJson.Default.DeleteMessage,
        ["reaction_add"] = ProtocolJson.Default.AddReaction,
        ["reaction_remove"] = ProtocolJson.Default.RemoveReaction,
        ["read"] = ProtocolJson.Default.MarkRead,
        ["ping"] = ProtocolJson.Default.Ping,
        ["idle"] = ProtocolJson.Default.SetIdle,
    };

    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private readonly Queue<(byte[] Frame, bool IsPage)> _heldUp = [];
    private byte[] _received = [];

    /// <summary>Whether it hears what happens.</summary>
    internal bool IsReady { get; set; }

    internal void Tell<T>(T message) where T : ServerMessage => _outgoing.Writer.TryWrite(FrameWriter.ToFrame(message, ContractOf<T>()));

    internal void Answer<T>(T message, Command to, bool mayBeHeld = false) where T : ServerMessage
    {
        var frame = FrameWriter.ToFrame(message with { Ref = to.Ref }, ContractOf<T>());
        var isPage = mayBeHeld && server.HoldsPages;
        if (isPage || _heldUp.Count > 0)
            _heldUp.Enqueue((frame, isPage));
        else
            _outgoing.Writer.TryWrite(frame);
    }

    /// <summary>Lets one page go, and the answers behind it up to the next page.</summary>
    internal bool ReleaseOne()
    {
        if (!_heldUp.TryDequeue(out var first))
            return false;
        _outgoing.Writer.TryWrite(first.Frame);
        while (_heldUp.TryPeek(out var next) && !next.IsPage)
            _outgoing.Writer.TryWrite(_heldUp.Dequeue().Frame);
        return true;
    }

    internal async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(ReadAsync(), WriteAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _outgoing.Writer.TryComplete();
        socket.Dispose();
    }

    private async Task WriteAsync()
    {
        await foreach (var frame in _outgoing.Reader.ReadAllAsync())
        {
            for (var sent = 0; sent < frame.Length;)
                sent += await socket.SendAsync(frame.AsMemory(sent));
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16_384];
        while (await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            _received = [.. _received, .. buffer.AsSpan(0, count)];
            while (FrameReader.TryRead(_received, out var payload, out var consumed) == FrameStatus.Complete)
            {
                var type = FrameHead.Read(payload.Span).Type ?? throw new InvalidOperationException("The client sent no message.");
                var command = (Command)JsonSerializer.Deserialize(payload.Span, Contracts[type])!;
                _received = _received[consumed..];
                lock (server.Gate)
                    server.Carry(this, command);
            }
        }
    }

    private static JsonTypeInfo<T> ContractOf<T>() => (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!;
}
