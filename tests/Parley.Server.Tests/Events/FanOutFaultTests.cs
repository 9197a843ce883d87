using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>An item that breaks on the thread that everything leaves by: it is told, and nobody else gets a byte less or more.</summary>
public sealed class FanOutFaultTests : IDisposable
{
    private readonly FanOut _fanOut = new(new Attendance(TimeProvider.System), NullLogger.Instance);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _peers = [];

    public FanOutFaultTests()
    {
        _fanOut.Start();
        _listener.Start();
    }

    [Fact]
    public async Task Who_waits_for_an_item_that_broke_gets_the_fault()
    {
        var item = new AwaitedItem(_ => throw new InvalidOperationException("broken"));

        Assert.True(_fanOut.Post(item));

        await Assert.ThrowsAsync<InvalidOperationException>(() => item.Task.WaitAsync(Deadline.Default));
    }

    [Fact]
    public async Task Half_an_event_does_not_stay_in_the_block_that_all_share()
    {
        var (peer, receiver) = Connect(1);
        var (neighbour, other) = Connect(2);
        await ApplyAsync(fanOut => Join(fanOut, receiver, other));

        await ApplyAsync(fanOut =>
        {
            fanOut.Deliver(new Said(new SystemMessage("before")));
            fanOut.Deliver(new Said(new UserList("general", new HalfAList())));
            fanOut.Deliver(new Said(new SystemMessage("after")));
        });

        Assert.Equal(["before", "after"], await TakeAsync(peer, 2));
        Assert.Equal(["before", "after"], await TakeAsync(neighbour, 2));
    }

    [Fact]
    public async Task Who_asked_for_what_broke_is_told_so_and_the_next_page_comes()
    {
        var (peer, receiver) = Connect(1);
        await ApplyAsync(fanOut => Join(fanOut, receiver));
        var session = new Level2Session(receiver, new FrameCommands(new CommandTable(Features.CommandCosts.All)), serverName: null);
        var page = new PageItem(Answer(new UserList("general", new HalfAList())), () => { });

        _fanOut.Post(page);
        await page.HandedOver.WaitAsync(Deadline.Default);
        _fanOut.Post(Answer(new SystemMessage("next")));

        Assert.Equal(["Something went wrong in the server. Try again.", "next"], await TakeAsync(peer, 2));

        OutcomeItem Answer(ServerMessage reply) => new(session, new Answer(null, null, Outcome.Answer(reply)));
    }

    public void Dispose()
    {
        _fanOut.Stop();
        foreach (var peer in _peers)
            peer.Dispose();
        _listener.Dispose();
    }

    private static void Join(FanOut fanOut, params Receiver[] receivers)
    {
        foreach (var receiver in receivers)
        {
            fanOut.Hold(receiver);
            fanOut.Release(receiver, _ => true);
        }
    }

    private (Socket Peer, Receiver Receiver) Connect(int user)
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(_listener.LocalEndpoint);
        _peers.Add(peer);
        return (peer, new Receiver(new Outbox(new PlainTransport(_listener.AcceptSocket()), _fanOut.Waiting), Level2Dialect.Instance) { Listening = Listening.ToAll, Identity = new(new UserId(user), $"user_{user}", user) });
    }

    private Task ApplyAsync(Action<FanOut> apply)
    {
        var item = new AwaitedItem(apply);
        Assert.True(_fanOut.Post(item));
        return item.Task.WaitAsync(Deadline.Default);
    }

    private static async Task<List<string>> TakeAsync(Socket peer, int count)
    {
        List<string> texts = [];
        await using var stream = new NetworkStream(peer);
        using var deadline = new CancellationTokenSource(Deadline.Default);
        var head = new byte[4];
        while (texts.Count < count)
        {
            await stream.ReadExactlyAsync(head, deadline.Token);
            var payload = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head)];
            await stream.ReadExactlyAsync(payload, deadline.Token);
            using var message = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(payload));
            texts.Add(message.RootElement.GetProperty("message").GetString() ?? "");
        }

        return texts;
    }

    /// <summary>Breaks while it is written.</summary>
    private sealed class HalfAList : IReadOnlyList<UserEntry>
    {
        public int Count => 2;

        public UserEntry this[int index] => throw new InvalidOperationException("broken");

        public IEnumerator<UserEntry> GetEnumerator()
        {
            yield return new UserEntry("alice", MemberStatus.Online);
            throw new InvalidOperationException("broken");
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed record Said(ServerMessage Word) : ServerEvent(Audience.Everyone, Message: Word);
}
