using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Sync;

public sealed class CatchUpTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_break_of_thousands_of_events_is_caught_up_to_the_last_one()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address);
        await using var bob = await RawPeerOfAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await SayManyAsync(bob, room.Value, 1, 10);
        await alice.SeesAsync(s => s.LogOf(room).HeldCount == 10, "10 events");
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");

        await SayManyAsync(bob, room.Value, 11, 3_000);
        wire.Restore();
        alice.Client.RetryNow();

        await alice.SeesAsync(s => s.LogOf(room) is { HeldCount: 3_000, IsWhole: true }, "3,000 of 3,000");
        Assert.Equal(Enumerable.Range(1, 3_000).Select(i => $"line {i}"), alice.Said(room));
        Assert.Equal(ReadState.MaxUnread, alice.State.ReadPositionOf(room).Unread);
    }

    [Fact]
    public async Task A_break_that_is_too_long_to_wait_for_loads_the_latest_page_and_knows_the_gap()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address, options: NativeClientOptions.Create() with { CatchUpLimit = 200 });
        await using var bob = await RawPeerOfAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await SayManyAsync(bob, room.Value, 1, 10);
        await alice.SeesAsync(s => s.LogOf(room).HeldCount == 10, "10 events");
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");

        await SayManyAsync(bob, room.Value, 11, 500);
        wire.Restore();
        alice.Client.RetryNow();

        await alice.SeesAsync(s => s.LogOf(room).LatestRun?.First == 451, "the latest page");
        Assert.Equal([(1L, 10L), (451L, 500L)], alice.State.LogOf(room).Runs.Select(run => (run.First, run.Last)));
        await alice.LoadAllAsync(room);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"line {i}"), alice.Said(room));
    }

    [Fact]
    public async Task Pages_are_loaded_in_both_directions_and_only_where_something_is_missing()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await RawPeerOfAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await SayManyAsync(bob, room.Value, 1, 400);
        await using var carol = await server.RegisterAsync();

        await carol.Client.LoadLatestAsync(room, Cancel);
        Assert.Equal(351, carol.State.LogOf(room).LatestRun?.First);
        await carol.Client.LoadAroundAsync(room, 100, Cancel);
        Assert.Equal((51, 150), (carol.State.LogOf(room).RunOf(100)?.First, carol.State.LogOf(room).RunOf(100)?.Last));
        await carol.Client.LoadNewerAsync(room, 150, Cancel);
        await carol.Client.LoadOlderAsync(room, 51, Cancel);
        Assert.Equal((1, 200), (carol.State.LogOf(room).RunOf(100)?.First, carol.State.LogOf(room).RunOf(100)?.Last));

        var held = carol.State;
        await carol.Client.LoadLatestAsync(room, Cancel);
        await carol.Client.LoadOlderAsync(room, 151, Cancel);
        await carol.Client.LoadNewerAsync(room, 100, Cancel);
        Assert.Same(held.LogOf(room), carol.State.LogOf(room));
    }

    [Fact]
    public async Task The_first_event_of_a_time_is_found()
    {
        await using var alice = await server.RegisterAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await alice.SayAndSeeAsync(room, "one", "two", "three");
        var two = alice.State.LogOf(room).At(2)!.Timestamp;

        Assert.InRange((await alice.Client.FindAsync(room, two, Cancel)).Value!.Value, 1, 2); // One, where both were said in one microsecond.
        Assert.Equal(1, (await alice.Client.FindAsync(room, DateTimeOffset.UnixEpoch, Cancel)).Value);
        Assert.Null((await alice.Client.FindAsync(room, two.AddYears(1), Cancel)).Value);
    }

    [Fact]
    public async Task A_refusal_to_look_for_a_time_is_not_the_word_that_nothing_was_said_since()
    {
        await using var alice = await server.RegisterAsync();

        var answer = await alice.Client.FindAsync(new ChannelId(long.MaxValue), DateTimeOffset.UnixEpoch, Cancel);

        Assert.Equal(ErrorCode.NotFound, answer.Refusal?.Code);
    }

    [Fact]
    public async Task A_channel_that_was_opened_without_a_connection_is_loaded_when_there_is_one()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, "1", "2");
        await using var alice = await server.RegisterAsync(through: wire.Address);
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");

        Assert.Null(await alice.Client.LoadLatestAsync(room, Cancel));
        wire.Restore();
        alice.Client.RetryNow();

        await alice.SaidIsAsync(room, "1", "2");
    }

    [Fact]
    public async Task Data_that_was_replaced_is_loaded_afresh()
    {
        await using var own = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var address = new ServerAddress(own.Host, own.Port, UseTls: false);
        await using var alice = await TestClient.RegisterAsync(address, "alice");
        await alice.SayAndSeeAsync(alice.General, "in the old data");
        await own.TerminateAsync();
        foreach (var file in Directory.GetFiles(own.Folder, "chat_data*"))
            File.Delete(file);

        await own.RestartAsync();

        await alice.SeesAsync(s => s.Connection is ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut }, "that the session is gone");
        Assert.IsType<LogInResult.LoggedIn>(await alice.Client.RegisterAsync("alice", TestClient.Password, Cancel));
        Assert.Equal(0, alice.State.LogOf(alice.General).HeldCount);
    }

    [Fact]
    public async Task What_was_read_without_a_connection_is_told_when_there_is_one()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, "1", "2");
        await alice.SeesAsync(s => s.LogOf(room).LastNumber == 2, "both");
        await using var phone = await alice.AnotherWindowAsync(server.Address);
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");

        alice.Client.MarkRead(room, 2);
        Assert.Equal(0, alice.State.ReadPositionOf(room).Unread);
        wire.Restore();
        alice.Client.RetryNow();

        await phone.SeesAsync(s => s.ReadPositionOf(room) is { Number: 2, Unread: 0 }, "it read");
    }

    // A peer that does not wait for each acknowledgement: thousands of lines in a moment.
    private async Task<RawPeer> RawPeerOfAsync()
    {
        var peer = await RawPeer.ConnectAsync(server.Process);
        await peer.RegisterLevel2Async(server.NewName());
        return peer;
    }

    private static async Task SayManyAsync(RawPeer peer, long room, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            await peer.SendAsync(new { type = "message", @ref = i, channel_id = room, content = $"line {i}", nonce = $"{room}-{i}" });
            if (i % 100 == 0 || i == last)
            {
                while (await peer.ReceiveAsync() is var answer && !(answer.GetProperty("type").GetString() == "ack" && answer.GetProperty("ref").GetInt32() == i))
                {
                }
            }
        }
    }
}
