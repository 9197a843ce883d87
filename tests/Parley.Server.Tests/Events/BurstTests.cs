using System.Net;
using System.Net.Sockets;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.Sending;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>
/// The same bytes to hundreds by one system call: everybody gets them, whoever else stopped reading or went. Where the system has no ring there is nothing to
/// look at: the plain way is what all other tests take then.
/// </summary>
public sealed class BurstTests : IDisposable
{
    private const int People = LinuxRing.Entries + 40; // More than one call takes.

    private readonly LinuxRing? _ring = LinuxRing.TryCreate();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<(Socket Peer, Receiver Receiver)> _people = [];

    public BurstTests()
    {
        _listener.Start(People);
        for (var i = 0; i < People && _ring is not null; i++)
        {
            var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            peer.Connect(_listener.LocalEndpoint);
            _people.Add((peer, new Receiver(new Outbox(new PlainTransport(_listener.AcceptSocket()), new WaitingBytes(0)), Level2Dialect.Instance)));
        }
    }

    [Fact]
    public async Task Who_stopped_reading_gets_everything_in_order_later_and_the_others_at_once()
    {
        if (_ring is null)
            return;
        var burst = new Burst(_ring);
        var (stoppedPeer, stopped) = _people[7];
        List<byte> sent = [];
        while (stopped.Outbox.FreeSocket is not null)
            Send(burst, [stopped], Bytes(50_000, (byte)sent.Count), sent);

        Send(burst, All(), Bytes(100, 42), sent);

        foreach (var (peer, _) in _people.Where(p => p.Receiver != stopped))
            Assert.Equal(Bytes(100, 42), await TakeAsync(peer, 100));
        Assert.Equal(sent, await TakeAsync(stoppedPeer, sent.Count));
        await Eventually.TrueAsync(() => stopped.Outbox.FreeSocket is not null, "the one who reads again to get all at once again");
        Send(burst, All(), Bytes(3, 1), sent);
        Assert.Equal(Bytes(3, 1), await TakeAsync(stoppedPeer, 3));
    }

    [Fact]
    public async Task Who_is_gone_takes_nothing_from_the_others()
    {
        if (_ring is null)
            return;
        var burst = new Burst(_ring);
        _people[3].Peer.LingerState = new LingerOption(true, 0);
        _people[3].Peer.Dispose(); // The peer resets the connection ...
        _people[5].Receiver.Outbox.Abort(); // ... and this one was closed by the server.
        List<byte> sent = [];

        await Eventually.TrueAsync(
            () =>
            {
                Send(burst, All(), Bytes(10, 9), sent);
                return _people[3].Receiver.Outbox.FreeSocket is null;
            },
            "the reset to be seen");

        Assert.Null(_people[5].Receiver.Outbox.FreeSocket);
        foreach (var (peer, receiver) in _people.Where((_, i) => i is not (3 or 5)))
        {
            Assert.NotNull(receiver.Outbox.FreeSocket);
            Assert.Equal(sent, await TakeAsync(peer, sent.Count));
        }
    }

    public void Dispose()
    {
        foreach (var (peer, receiver) in _people)
        {
            receiver.Outbox.Abort();
            peer.Dispose();
        }

        _listener.Dispose();
        _ring?.Dispose();
    }

    private Receiver[] All() => [.. _people.Select(p => p.Receiver)];

    private static byte[] Bytes(int count, byte first) => [.. Enumerable.Range(first, count).Select(i => (byte)i)];

    private static void Send(Burst burst, Receiver[] to, byte[] bytes, List<byte> sent)
    {
        burst.Send(to, new SharedBytes(bytes), bytes.Length);
        sent.AddRange(bytes);
    }

    private static async Task<byte[]> TakeAsync(Socket peer, int count)
    {
        var taken = new byte[count];
        using var deadline = new CancellationTokenSource(Deadline.Default);
        for (var at = 0; at < count;)
        {
            var received = await peer.ReceiveAsync(taken.AsMemory(at), deadline.Token);
            Assert.NotEqual(0, received);
            at += received;
        }

        return taken;
    }
}
