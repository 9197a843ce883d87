using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Limits;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Connections;

/// <summary>
/// What may overtake what on one connection. The queues are held at the very moments that a run over the wire meets once in a thousand times; everything
/// else is the server's own: the write queue, the fan-out, a database file and a socket.
/// </summary>
public sealed class ConnectionOrderTests : IDisposable
{
    // The kernel's buffers do not grow then: what it takes beside a peer that takes nothing is far less than a page.
    private const int KernelBytes = 64 * 1024;
    private const int PageBytes = 800_000;

    private readonly TempFolder _folder = new();
    private readonly Database _database;
    private readonly FanOut _fanOut = new(new Attendance(TimeProvider.System), NullLogger.Instance);
    private readonly WriteQueue _writes;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = KernelBytes };
    private readonly ConnectionLimits _limits = new(ServerLimits.None, TimeProvider.System);
    private readonly Connection _connection;

    public ConnectionOrderTests()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder.Path, "chat.db"), TimeProvider.System);
        _writes = new WriteQueue(_database, _fanOut, NullLogger.Instance);
        _fanOut.Start();
        _writes.Start();
        _listener.Start();
        _peer.Connect(_listener.LocalEndpoint);
        var transport = new PlainTransport(Accept());
        var allowance = new Allowance(transport.Address, _limits, ServerLimits.None, TimeProvider.System);
        _connection = new Connection(transport, new SilentDoor(), allowance, new ServerCore(_database, _writes, _fanOut, _limits.Pages, TimeProvider.System));
        _connection.Receiver.Identity = new Identity(new UserId(1), "alice", 1);
    }

    /// <summary>
    /// Found by the fuzzer: a refusal that waited behind a write was overtaken by the answer after it, which found no write to wait for any more.
    /// </summary>
    [Fact]
    public async Task An_answer_waits_behind_a_refusal_that_waits_behind_a_write()
    {
        List<string> left = [];
        using var write = new Gate();
        using var neighbour = new Gate();
        var writing = Task.Run(async () => await _connection.QueueAsync(
            new WriteCommandItem<Ping>(new GatedWrite(write), new Ping(), _connection.AskerOf(null)), CancellationToken.None));
        await write.ReachedAsync();

        _connection.Send(new Mark("refusal", left));
        Assert.True(_writes.Post(new GatedItem(neighbour))); // It shares the refusal's round, and holds it.
        write.Open();
        await neighbour.ReachedAsync();
        await writing; // The write is committed and told: nothing of this connection is being written any more.
        _connection.Send(new Mark("answer", left));
        neighbour.Open();
        await _connection.WritesSettledAsync(CancellationToken.None);
        await _connection.ApplyAsync(_ => { }, CancellationToken.None);

        Assert.Equal(["refusal", "answer"], left);
    }

    [Fact]
    public async Task A_page_is_not_read_before_the_one_before_it_was_handed_over()
    {
        using var fanOut = new Gate();
        var holding = Task.Run(() => _connection.ApplyAsync(_ => fanOut.Pass(), CancellationToken.None));
        await fanOut.ReachedAsync();
        var pages = new Pages(bytes: 10);

        await _connection.ReadAsync(pages, new Ping(), null, CancellationToken.None);
        var second = _connection.ReadAsync(pages, new Ping(), null, CancellationToken.None).AsTask();
        Assert.Equal(1, pages.Read);
        fanOut.Open();
        await second.WaitAsync(Deadline.Default);
        await holding.WaitAsync(Deadline.Default);

        Assert.Equal(2, pages.Read);
    }

    /// <summary>Who asks for many pages in one go gets them as fast as they are taken, and is not closed for its own questions.</summary>
    [Fact]
    public async Task Pages_that_the_peer_does_not_take_are_not_read_and_all_come_when_it_does()
    {
        var pages = new Pages(bytes: PageBytes);
        while (_connection.Receiver.Outbox.WaitForSpaceAsync().IsCompleted)
        {
            await _connection.ReadAsync(pages, new Ping(), null, CancellationToken.None);
            await _connection.ApplyAsync(_ => { }, CancellationToken.None); // Now the page has been sent as far as the kernel takes it.
            await _connection.ApplyAsync(_ => { }, CancellationToken.None);
        }

        var asked = pages.Read;
        var next = _connection.ReadAsync(pages, new Ping(), null, CancellationToken.None).AsTask();

        Assert.Equal(asked, pages.Read);
        Assert.False(next.IsCompleted);
        await TakeUntilAsync(next);
        Assert.Equal(asked + 1, pages.Read);
        Assert.False(_connection.Receiver.IsClosed);
    }

    /// <summary>Half arrived it would be kept for what comes without end, and never hear of it.</summary>
    [Fact]
    public async Task An_arrival_that_breaks_on_its_last_step_ends_the_connection_with_a_reason()
    {
        var running = _connection.RunAsync();
        _connection.Receiver.IsHeld = true;

        _connection.Send(new BrokenArrival());

        await running.WaitAsync(Deadline.Default);
        var buffer = new byte[4096];
        using var deadline = new CancellationTokenSource(Deadline.Default);
        var said = System.Text.Encoding.UTF8.GetString(buffer, 4, await _peer.ReceiveAsync(buffer, deadline.Token) - 4);
        Assert.StartsWith("""{"type":"closing","reason":"limit",""", said, StringComparison.Ordinal);
    }

    /// <summary>Every request has one answer, whatever breaks on the way.</summary>
    [Fact]
    public async Task An_answer_that_breaks_on_the_fan_out_is_a_refusal()
    {
        _connection.SendPage(new AnswerItem(_connection.Session, null, _ => throw new InvalidOperationException("broken")), 100);

        var buffer = new byte[4096];
        using var deadline = new CancellationTokenSource(Deadline.Default);
        var said = System.Text.Encoding.UTF8.GetString(buffer, 4, await _peer.ReceiveAsync(buffer, deadline.Token) - 4);
        Assert.StartsWith("""{"type":"error",""", said, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"internal\"", said, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _connection.Receiver.Outbox.Abort();
        _writes.Stop();
        _fanOut.Stop();
        _limits.Dispose();
        _database.Dispose();
        _peer.Dispose();
        _listener.Dispose();
        _folder.Dispose();
    }

    private Socket Accept()
    {
        var socket = _listener.AcceptSocket();
        socket.SendBufferSize = KernelBytes;
        return socket;
    }

    private async Task TakeUntilAsync(Task done)
    {
        var buffer = new byte[256 * 1024];
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (!done.IsCompleted)
        {
            // Its own bytes may have been taken before it is over, and then nothing more comes.
            var taking = _peer.ReceiveAsync(buffer, deadline.Token).AsTask();
            if (await Task.WhenAny(taking, done) == taking)
                Assert.NotEqual(0, await taking);
        }

        await done.WaitAsync(Deadline.Default);
    }

    /// <summary>A place where a thread of the server's stands until the test lets it go on.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();

        public Task ReachedAsync() => _reached.Task.WaitAsync(Deadline.Default);

        public void Open() => _open.Set();

        public void Pass()
        {
            _reached.TrySetResult();
            Assert.True(_open.Wait(Deadline.Default));
        }

        public void Dispose() => _open.Dispose();
    }

    private sealed class GatedWrite(Gate gate) : IWriteHandler<Ping>
    {
        public Refusal? Check(ref Ping command) => null;

        public Outcome Handle(Ping command, CommandContext context)
        {
            gate.Pass();
            return Outcome.Silent;
        }
    }

    private sealed class GatedItem(Gate gate) : WriteItem
    {
        public override bool Run(DatabaseConnection transaction)
        {
            gate.Pass();
            return true;
        }
    }

    private sealed class Mark(string name, List<string> left) : IFanOutItem
    {
        public void Apply(FanOut fanOut) => left.Add(name);
    }

    private sealed class BrokenArrival : IFanOutItem
    {
        public void Apply(FanOut fanOut) => throw new InvalidOperationException("broken");
    }

    private sealed class Pages(int bytes) : IReadHandler<Ping>
    {
        public int Read { get; private set; }

        public Outcome Handle(Ping command, CommandContext context)
        {
            Read++;
            return Outcome.Answer(new SystemMessage(new string('x', bytes)));
        }
    }
}
