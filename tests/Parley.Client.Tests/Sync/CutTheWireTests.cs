using Parley.Client.Connection;

namespace Parley.Client.Tests.Sync;

/// <summary>The wire is cut in the middle of anything: every word arrives once, in its author's order, and all who listened agree.</summary>
public sealed class CutTheWireTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private const int Words = 60;
    private const int Cuts = 12;

    /// <summary>Three seeds; PARLEY_TEST_SEEDS=first-last takes others, for a longer walk.</summary>
    public static TheoryData<int> Seeds =>
        Environment.GetEnvironmentVariable("PARLEY_TEST_SEEDS")?.Split('-') is [var first, var last]
            ? [.. Enumerable.Range(int.Parse(first, null), int.Parse(last, null) - int.Parse(first, null) + 1)]
            : [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Cut_at_random_points_everything_converges(int seed)
    {
        var random = new Random(seed);
        using var folder = new TempFolder();
        var options = NativeClientOptions.Create(folder.Path);
        await using var aliceWire = new CuttingProxy(server.Address);
        await using var bobWire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: aliceWire.Address, options: options);
        await using var bob = await server.RegisterAsync(through: bobWire.Address);
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await bob.SeesAsync(s => s.Channels.Any(c => c.Id == room), "the room");

        for (var word = 1; word <= Words; word++)
        {
            await alice.SayAsync(room, $"alice {word}");
            await bob.SayAsync(room, $"bob {word}");
            if (word % (Words / Cuts) == 0)
                await CutAsync(random.Next(2) == 0 ? aliceWire : bobWire, random);
        }

        foreach (var client in (TestClient[])[alice, bob])
            await client.SeesImpatientlyAsync(s => s.Outbox.IsEmpty && s.LogOf(room) is { LastNumber: 2 * Words, IsWhole: true }, "everything");
        Assert.Equal(Enumerable.Range(1, Words).Select(i => $"alice {i}"), alice.Said(room).Where(w => w.StartsWith('a')));
        Assert.Equal(Enumerable.Range(1, Words).Select(i => $"bob {i}"), alice.Said(room).Where(w => w.StartsWith('b')));
        Assert.Equal(alice.Said(room), bob.Said(room));
        await using var fresh = await alice.AnotherWindowAsync(server.Address);
        await Eventually.TrueAsync(() => StateText.Of(alice.State) == StateText.Of(fresh.State), "convergence");

        async Task CutAsync(CuttingProxy wire, Random random)
        {
            if (random.Next(2) == 0)
                wire.CutAfterBytesToServer(random.Next(1, 400));
            else
                wire.CutAfterBytesToClient(random.Next(1, 400));
            var client = wire == aliceWire ? alice : bob;
            await client.SeesAsync(s => s.Connection is not ConnectionStatus.Connected || s.Outbox.IsEmpty, "the cut");
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_is_come_back_to()
    {
        await using var own = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        await using var alice = await TestClient.RegisterAsync(new ServerAddress(own.Host, own.Port, UseTls: false), "alice");
        await alice.SayAndSeeAsync(alice.General, "before");

        await own.KillAsync();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        await alice.SayAsync(alice.General, "meanwhile");
        await own.RestartAsync();
        alice.Client.RetryNow();

        await alice.SaidIsAsync(alice.General, "before", "meanwhile");
        Assert.Empty(alice.State.Outbox);
    }
}
