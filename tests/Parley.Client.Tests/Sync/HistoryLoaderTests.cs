using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Sync;

/// <summary>Pages count messages, whatever stands between them.</summary>
public sealed class HistoryLoaderTests
{
    private static readonly UserId Bob = new(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_reactions_at_the_end_of_a_log_leave_no_empty_page()
    {
        await using var server = new ModelServer();
        for (var i = 1; i <= 120; i++)
            server.Do(room => room.Say(Bob, $"said {i}"));
        for (var i = 0; i < 200; i++)
            server.Do(room => room.React(room.Messages[119], new UserId(1_000 + i), "👍", isOn: true));
        await using var client = await ConnectAsync(server);
        var room = server.Rooms[0].Id;

        await client.Client.LoadLatestAsync(room, Cancel);

        var log = client.State.LogOf(room);
        Assert.Equal((71, 320, 50), (log.LatestRun?.First, log.LatestRun?.Last, log.InMemory));
        Assert.Equal(200, log.At(120)?.Reactions.All[0].Count);
        await client.Client.LoadOlderAsync(room, log.LatestRun!.First, Cancel);
        Assert.Equal(100, client.State.LogOf(room).InMemory);
        await client.LoadAllHeldAsync(room);
        Assert.Equal((1, 320), (client.State.LogOf(room).LatestRun?.First, client.State.LogOf(room).HeldCount));
    }

    [Fact]
    public async Task What_is_read_counts_messages_alone()
    {
        await using var server = new ModelServer();
        await using var client = await ConnectAsync(server);
        var room = server.Rooms[0].Id;
        for (var i = 1; i <= 3; i++)
            server.Do(r => r.Say(Bob, $"said {i}"));
        for (var i = 0; i < 20; i++)
            server.Do(r => r.React(r.Messages[0], new UserId(1_000 + i), "👍", isOn: true));
        server.Do(r => r.Delete(r.Messages[1], Bob));

        await client.SeesAsync(s => s.LogOf(room).LastNumber == 24, "all of it");

        Assert.Equal(3, client.State.ReadPositionOf(room).Unread); // The deleted one goes on counting, as on the server.
    }

    [Fact]
    public async Task A_jump_to_a_time_lands_on_a_message_that_is_there()
    {
        await using var server = new ModelServer();
        for (var i = 1; i <= 3; i++)
            server.Do(room => room.Say(Bob, $"said {i}"));
        server.Do(room => room.Delete(room.Messages[1], Bob));
        await using var client = await ConnectAsync(server);
        DateTimeOffset second;
        lock (server.Gate)
            second = server.Rooms[0].Events[1].Timestamp;

        Assert.Equal(3, (await client.Client.FindAsync(server.Rooms[0].Id, second, Cancel)).Value);
    }

    private static async Task<TestClient> ConnectAsync(ModelServer server)
    {
        var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create()));
        await client.Client.ResumeAsync(ModelServer.Session, Cancel);
        return client;
    }
}
