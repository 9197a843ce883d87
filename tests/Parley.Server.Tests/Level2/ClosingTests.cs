namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class ClosingTests(UnlimitedServer server) : ChatTest(server)
{
    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_violation_is_named_before_the_connection_closes(string payload)
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();

        await alice.SendTextAsync(payload);

        Assert.Single(await alice.EndAsync()).ShouldBe(new { type = "closing", reason = "protocol_violation", message = "<text>", reconnect = "<text>" });
        await bob.HeardNothingAsync();
    }

    [Fact]
    public async Task A_frame_that_is_too_long_is_named_too()
    {
        var (alice, _) = await EnterLevel2Async();

        await alice.Raw.SendBytesAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF });

        Assert.Equal("protocol_violation", Assert.Single(await alice.EndAsync()).Text("reason"));
    }

    /// <summary>
    /// A reader that takes nothing harms itself alone: the others go on, it gets the reason in place of what it has not taken, and what it missed is in the
    /// log.
    /// </summary>
    [Fact]
    public async Task A_slow_reader_is_closed_with_a_reason_and_catches_up()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var (slow, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var content = new string('x', 2000);

        // How much the kernel holds is the kernel's affair: twice as much is said each time, until it was too much.
        var taken = new List<Frame>();
        for (var lines = 1_000; taken.Count == 0 || taken[^1].Type != "closing"; lines *= 2)
        {
            var last = await FloodAsync(alice, bob, log, content, lines);
            while (taken.Count < last && (taken.Count == 0 || taken[^1].Type != "closing"))
                taken.Add(await slow.NextAsync());
        }

        Assert.Empty(await slow.EndAsync());
        taken[^1].ShouldBe(new { type = "closing", reason = "slow_consumer", message = "<text>", reconnect = "now" });
        var events = taken.SkipLast(1).Select(f => f.EventNumber()).ToList();
        Assert.Equal(Log.From(1, events.Count), events);
        var (back, ready) = await ComeBackAsync(slow.Token);
        Assert.True(ready.ChannelIn(log)["last_number"]!.GetValue<long>() > events.Count);
        Assert.Equal(events.Count + 1, (await back.HistoryAsync(log, after: events.Count, limit: 1)).Numbers()[0]);
    }

    [Fact]
    public async Task A_slow_reader_of_level_1_is_closed_too()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var slow = await EnterAsync();
        var room = await RoomAsync(slow);
        var log = (await ComeBackAsync(bob.Token)).Ready.List("channels").Single(c => c["name"]!.GetValue<string>() == room)["id"]!.GetValue<long>();

        await FloodAsync(alice, bob, log, new string('x', 2000), 6_000);

        var taken = (await slow.EndAsync()).Where(f => f.Type == "message").ToList();
        Assert.InRange(taken.Count, 1, 5_999);
    }

    /// <summary>Whether the server closes it or stops reading is the server's to choose; it may not keep hundreds of megabytes for it.</summary>
    [Fact]
    public async Task A_peer_that_asks_and_never_reads_harms_nobody()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(bob);
        await FloodAsync(bob, bob, log, new string('y', 2000), 100);
        await bob.HistoryAsync(log, limit: 100);
        var before = ResidentBytes();

        await alice.SendTogetherAsync(Enumerable.Range(0, 500).Select(i => new { type = "history", @ref = i, channel_id = log, limit = 100 }));
        for (var i = 0; i < 100; i++)
            await bob.HistoryAsync(log, limit: 1);

        var grown = ResidentBytes() - before;
        Assert.True(grown < 200_000_000, $"{grown} bytes more than before");
    }

    private long ResidentBytes()
    {
        using var process = System.Diagnostics.Process.GetProcessById(Server.Process.ProcessId);
        return process.WorkingSet64;
    }

    // Alice says it, as fast as it is acknowledged; bob, who reads, sees all of it.
    private static async Task<long> FloodAsync(Peer alice, Peer bob, long log, string content, int lines)
    {
        long last = 0;
        for (var done = 0; done < lines; done += 100)
        {
            await alice.SendTogetherAsync(Enumerable.Range(0, 100).Select(i => new { type = "message", @ref = i, channel_id = log, content }));
            for (var (acks, events) = (0, 0); acks < 100 || events < 100;)
            {
                var frame = await alice.NextAsync();
                (acks, events) = frame.Type == "ack" ? (acks + 1, events) : (acks, events + 1);
            }

            for (var i = 0; bob != alice && i < 100; i++)
                last = (await bob.SkipToAsync("event")).EventNumber();
        }

        return last;
    }
}
