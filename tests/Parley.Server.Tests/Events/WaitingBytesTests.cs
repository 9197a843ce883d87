using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>What waits for all connections together is bounded, and who takes least of it goes first.</summary>
public sealed class WaitingBytesTests : IDisposable
{
    private const int Page = 200_000;
    private const int Most = 100 * Page;

    private readonly FanOut _fanOut = new(new Attendance(TimeProvider.System), NullLogger.Instance, mostWaitingBytes: Most);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _peers = [];

    public WaitingBytesTests()
    {
        _fanOut.Start();
        _listener.Server.SendBufferSize = 4096;
        _listener.Start();
    }

    [Fact]
    public async Task Past_the_bound_those_go_who_have_the_most_waiting_over_all_their_connections()
    {
        var hoarders = Enumerable.Range(0, 40).Select(_ => Connect(user: 1)).ToList();
        var behind = Connect(user: 2);
        await FillAsync(behind, pages: 4);
        foreach (var hoarder in hoarders)
            await FillAsync(hoarder, pages: 3);

        Assert.Contains(hoarders, h => h.IsClosed);
        Assert.False(behind.IsClosed);
        Assert.InRange(_fanOut.Waiting.Total, 1, Most);
        Assert.True(behind.Outbox.WaitingCount > hoarders.Max(h => h.Outbox.WaitingCount));
    }

    [Fact]
    public async Task Nothing_is_counted_any_more_when_it_was_taken_or_the_connection_is_gone()
    {
        var taker = Connect(user: 1);
        var goer = Connect(user: 2);
        await FillAsync(taker, pages: 3);
        await FillAsync(goer, pages: 3);
        Assert.True(_fanOut.Waiting.Total > 3 * Page);

        goer.Outbox.Abort();
        var buffer = new byte[Page];
        await Eventually.TrueAsync(
            () =>
            {
                while (_peers[0].Available > 0)
                    _peers[0].Receive(buffer);
                return taker.Outbox.WaitingCount == 0 && _fanOut.Waiting.Total == 0;
            },
            "nothing to be counted");
    }

    [Fact]
    public async Task What_many_wait_for_together_is_in_memory_once_and_counts_once()
    {
        var receivers = Enumerable.Range(1, 30).Select(Connect).ToList();
        foreach (var receiver in receivers)
            await FillAsync(receiver, pages: 1);
        var before = _fanOut.Waiting.Total;
        await ApplyAsync(fanOut =>
        {
            for (var i = 0; i < Page / 4_000; i++)
                fanOut.Deliver(new Said(new SystemMessage(new string('x', 4_000))));
        });

        Assert.InRange(_fanOut.Waiting.Total - before, Page, 4 * Page);
        Assert.DoesNotContain(receivers, r => r.IsClosed);
    }

    public void Dispose()
    {
        _fanOut.Stop();
        foreach (var peer in _peers)
            peer.Dispose();
        _listener.Dispose();
    }

    private Receiver Connect(int user)
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        peer.Connect(_listener.LocalEndpoint);
        _peers.Add(peer);
        return new Receiver(new Outbox(new PlainTransport(_listener.AcceptSocket()), _fanOut.Waiting), Level2Dialect.Instance) { Listening = Listening.ToAll, Identity = new(new UserId(user), $"user_{user}", user) };
    }

    /// <summary>Fills what the kernel takes, and then lets so many pages wait.</summary>
    private async Task FillAsync(Receiver receiver, int pages)
    {
        await ApplyAsync(fanOut =>
        {
            fanOut.Hold(receiver);
            fanOut.Release(receiver, _ => true);
        });
        while (receiver.Outbox.WaitingCount < pages * Page && !receiver.IsClosed)
            await ApplyAsync(fanOut => FrameEncoder.Append(fanOut.OwnBlock(receiver), new SystemMessage(new string('x', Page))));
    }

    private async Task ApplyAsync(Action<FanOut> apply)
    {
        var item = new AwaitedItem(apply);
        Assert.True(_fanOut.Post(item));
        await item.Task.WaitAsync(Deadline.Default);
        var settled = new AwaitedItem(_ => { }); // The round of the first one has sent.
        Assert.True(_fanOut.Post(settled));
        await settled.Task.WaitAsync(Deadline.Default);
    }

    private sealed record Said(ServerMessage Word) : ServerEvent(Audience.Everyone, Message: Word);
}
