using System.Net;
using Parley.Server.Events.Sending;

namespace Parley.Server.Tests.Hostile;

/// <summary>Faults of the program that this one succeeds: who stops reading, or hangs in a handshake, must not be felt by anybody else.</summary>
public sealed class StoppedReaderTests
{
    private const int Window = 100;
    private const int Lines = 3_600; // 8 MB for each: more than the kernel holds, and 1 MiB.

    [Theory]
    [InlineData("--no-tls")]
    [InlineData(null)]
    public async Task One_stopped_reader_does_not_stop_its_room(string? tls)
    {
        await using var town = await Town.StartAsync(tls is null ? ["--no-limits"] : [tls, "--no-limits"]);
        await using var author = await town.EnterAsync(1);
        await using var first = await town.EnterAsync(2);
        await using var second = await town.EnterAsync(3);
        await using var stopped = await town.EnterAsync(4);
        stopped.Socket.ReceiveBufferSize = 4096;

        var talk = await Task.WhenAll(TalkAsync(author), ListenAsync(first), ListenAsync(second));

        Assert.All(talk, numbers => Assert.Equal(Enumerable.Range(1, Lines).Select(n => (long)n), numbers));
        // It was closed, after a part without a gap. (The reason is its last word where it reads within some seconds: ClosingTests.)
        var taken = (await stopped.CollectUntilClosedAsync()).Where(m => m.Type() == "event").Select(m => m.GetProperty("event").Number("number")).ToList();
        Assert.Equal(Enumerable.Range(1, taken.Count).Select(n => (long)n), taken);
        Assert.InRange(taken.Count, 1, Lines - 1);
    }

    [Fact]
    public async Task Handshakes_that_hang_and_peers_that_are_silent_hold_up_nobody()
    {
        await using var town = await Town.StartAsync();
        var hanging = new List<RawPeer>();
        for (var i = 0; i < 100; i++)
        {
            hanging.Add(await RawPeer.ConnectAsync(town.Server.Host, town.Server.Port));
            if (i % 2 == 0)
                await hanging[^1].SendBytesAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 }); // The head of a ClientHello of 512 bytes.
        }

        await using var alice = await town.EnterAsync(1);
        await using var bob = await town.EnterLevel1Async(2);
        await alice.SayAsync(1, "nobody waits");

        Assert.Equal("nobody waits", (await bob.SkipToAsync("message")).Text("content"));
        foreach (var peer in hanging)
            await peer.DisposeAsync();
    }

    /// <summary>A stopped reader may hold a mebibyte, and not the arrays that its small pieces were written in.</summary>
    [Fact]
    public async Task What_waits_for_a_stopped_reader_is_bounded_in_memory_and_not_only_in_count()
    {
        await using var transport = new StoppedTransport();
        var outbox = new Outbox(transport, new WaitingBytes(0));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var taken = 0;
        while (taken < 100_000 && outbox.TryEnqueue(new SharedBytes(new byte[60 * 1024]), 17, 100))
            taken++;

        Assert.Equal(Outbox.MaxWaitingBytes / 100, taken);
        // Other tests of this process take and give memory meanwhile, so the bounds are wide. Unbounded it would be 600 MB.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 * Outbox.MaxWaitingBytes);
        GC.KeepAlive(outbox);
    }

    private static async Task<IReadOnlyList<long>> TalkAsync(RawPeer author)
    {
        var numbers = new List<long>();
        var content = new string('x', 2000);
        for (var sent = 0; sent < Lines; sent += Window)
        {
            var frames = Enumerable.Range(sent, Window).SelectMany(n => RawPeer.Frame(new { type = "message", @ref = n, channel_id = 1, content }));
            await author.SendBytesAsync(frames.ToArray());
            while (numbers.Count < sent + Window)
            {
                var message = await author.ReceiveAsync();
                if (message.Type() == "ack")
                    numbers.Add(message.Number("number"));
            }
        }

        return numbers;
    }

    private static async Task<IReadOnlyList<long>> ListenAsync(RawPeer reader)
    {
        var numbers = new List<long>();
        while (numbers.Count < Lines)
            numbers.Add((await reader.SkipToAsync("event")).GetProperty("event").Number("number"));
        return numbers;
    }

    private sealed class StoppedTransport : Transport.Transport
    {
        private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override IPAddress Address => IPAddress.Loopback;

        public override bool IsFlushed => true;

        public override ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken) => ReceiveAsync(default, cancellationToken);

        public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            await _aborted.Task;
            return 0;
        }

        public override int TrySend(ReadOnlySpan<byte> bytes) => 0;

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await _aborted.Task;
            throw new IOException("Aborted.");
        }

        public override bool TryFinishSending(bool isReading) => true;

        public override void Abort() => _aborted.TrySetResult();

        public override ValueTask DisposeAsync()
        {
            Abort();
            return ValueTask.CompletedTask;
        }
    }
}
