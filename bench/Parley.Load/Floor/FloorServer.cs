using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Floor;

/// <summary>
/// The floor: the bytes of a chat server with nothing of a chat server. Whoever says hello is let in; what is said goes to every connection in the same
/// frames, is stored nowhere and checked by nobody. How far a server is from this is how far it is from the kernel.
/// </summary>
internal sealed class FloorServer : IDisposable
{
    public static readonly ChannelId Channel = new(1);
    private readonly ReceiveLoop _loop = new(0);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock _adding = new();
    private readonly ArrayBufferWriter<byte> _block = new(64 * 1024);
    private readonly TlsContext? _tls;
    private FloorPeer[] _peers = [];
    private long _number;

    /// <param name="port">Where it listens on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="tls">Whether it speaks TLS: then each connection's bytes are sealed one by one, by the same code that opens them at the other end.</param>
    public FloorServer(int port, bool tls)
    {
        _tls = tls ? MakeContext() : null;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(1024);
        _loop.RoundEnded = SendBlock;
    }

    public int Port => ((IPEndPoint?)_listener.LocalEndPoint)?.Port ?? 0;

    public async Task AcceptAsync(CancellationToken cancel)
    {
        while (true)
        {
            var socket = await _listener.AcceptAsync(cancel);
            socket.NoDelay = true;
            socket.Blocking = false;
            var peer = new FloorPeer(socket, this);
            // With TLS a handshake takes its time: the next connection must not wait for it.
            _ = peer.AttachAsync(_loop, _tls, cancel);
        }
    }

    public void Enter(FloorPeer peer)
    {
        lock (_adding)
            Volatile.Write(ref _peers, [.. _peers, peer]);
    }

    public void Leave(FloorPeer peer)
    {
        lock (_adding)
            Volatile.Write(ref _peers, [.. _peers.Where(p => p != peer)]);
    }

    /// <summary>Puts a message into the block that goes to everybody at the end of this round; on the loop's thread.</summary>
    public Ack Say(SayMessage said)
    {
        var number = ++_number;
        var now = TimeProvider.System.GetUtcNow();
        var entry = new ChannelEvent(number, EventKind.Message, new MessageId(number), new UserId(1), "load_0", said.Content ?? "", now);
        FrameWriter.Write(_block, new EventPushed(Channel, entry, said.Nonce), ProtocolJson.Default.EventPushed);
        return new Ack(Channel, number, new MessageId(number), now, said.Nonce) { Ref = said.Ref };
    }

    public void Dispose()
    {
        _listener.Dispose();
        _loop.Dispose();
        _tls?.Dispose();
    }

    // Of the kind that the server makes itself: P-256.
    private static TlsContext MakeContext()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=floor", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return TlsContext.OfServer(certificate.RawData, key);
    }

    private void SendBlock()
    {
        if (_block.WrittenCount == 0)
            return;
        foreach (var peer in Volatile.Read(ref _peers))
            peer.Send(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }
}
