using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class LogMemoryTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>, IDisposable
{
    private const int Limit = 80;
    private const int Lines = 200;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<string> AllLines => Enumerable.Range(1, Lines).Select(i => $"line {i}");

    private ChatClientOptions Mirrored => NativeClientOptions.Create(_folder.Path) with { MessagesInMemory = Limit };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_nobody_looks_at_is_let_go_of_and_comes_again(bool isMirrored)
    {
        await using var alice = await server.RegisterAsync(options: isMirrored ? Mirrored : NativeClientOptions.Create() with { MessagesInMemory = Limit });
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await alice.SeesAsync(s => s.Logs.ContainsKey(room), "the room");
        using var hold = alice.Client.Hold(room);
        hold.Show(1, 5);

        await bob.SayAndSeeAsync(room, [.. AllLines]);

        await alice.SeesAsync(s => s.LogOf(room).LastNumber == Lines, "the last line");
        await alice.SeesAsync(s => s.LogOf(room).InMemory <= Limit, "few of them");
        var log = alice.State.LogOf(room);
        Assert.Equal((1, 15), (log.Runs[0].First, log.Runs[0].Last)); // What is shown, and something around it.
        Assert.True(log is { IsUpToDate: true, LatestRun.Last: Lines });
        Assert.Equal(isMirrored ? Lines : log.InMemory, log.HeldCount);
        Assert.Equal(new ReadPosition(0, Lines), alice.State.ReadPositionOf(room));
        Assert.Equal(AllLines, await ReadBackAsync(alice, room, hold));
    }

    [Fact]
    public async Task Where_all_logs_together_are_too_many_the_one_unused_longest_goes_first_and_what_is_in_view_stays()
    {
        const int LimitOfAll = 520; // Two whole logs and the end of a third are below seven eighths of it.
        var options = NativeClientOptions.Create(_folder.Path) with { MessagesInMemoryOfAll = LimitOfAll };
        await using var alice = await server.RegisterAsync(options: options);
        await using var bob = await server.RegisterAsync();
        ChannelId[] rooms = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => bob.CreateChannelAsync(server.NewChannelName())))];
        await alice.SeesAsync(s => rooms.All(s.Logs.ContainsKey), "the rooms");
        var inView = alice.Client.Hold(rooms[0]); // Opened first, and looked at all the time.
        alice.Client.Hold(rooms[2]).Dispose();
        alice.Client.Hold(rooms[1]).Dispose();

        foreach (var room in rooms)
            await bob.SayAndSeeAsync(room, [.. AllLines]);

        await alice.SeesAsync(s => rooms.All(room => s.LogOf(room).LastNumber == Lines), "the last lines");
        await alice.SeesAsync(s => rooms.Sum(room => s.LogOf(room).InMemory) <= LimitOfAll, "few of them");
        Assert.Equal(Lines, alice.State.LogOf(rooms[0]).InMemory);
        Assert.Equal(Lines, alice.State.LogOf(rooms[1]).InMemory);
        Assert.True(alice.State.LogOf(rooms[2]) is { InMemory: < Lines, IsUpToDate: true, LatestRun.Last: Lines, HeldCount: Lines });
        inView.Dispose();
    }

    [Fact]
    public async Task Whoever_pages_through_the_mirror_needs_no_server_and_no_more_memory()
    {
        await using var wire = new CuttingProxy(server.Address);
        var (room, session) = await LeaveAfterAllLinesAsync(wire.Address);
        wire.TakeDown();

        await using var again = new TestClient(new ChatClient(wire.Address, Mirrored));
        Assert.IsType<LogInResult.Unreachable>(await again.Client.ResumeAsync(session, Cancel));
        await again.Client.LoadLatestAsync(room, Cancel);

        using var hold = again.Client.Hold(room);
        Assert.Equal(AllLines, await ReadBackAsync(again, room, hold));
    }

    [Fact]
    public async Task What_the_mirror_should_have_and_has_not_is_asked_of_the_server()
    {
        var (room, session) = await LeaveAfterAllLinesAsync(server.Address);

        await using var again = new TestClient(new ChatClient(server.Address, Mirrored));
        Assert.IsType<LogInResult.LoggedIn>(await again.Client.ResumeAsync(session, Cancel));
        await again.SeesAsync(s => s.Connection is ConnectionStatus.Connected, "the connection");
        Sql.Run(Assert.Single(Directory.GetFiles(_folder.Path, "*.db")), $"DELETE FROM messages WHERE number BETWEEN 40 AND 90; UPDATE held SET first = 91 WHERE channel_id = {room.Value}");
        await again.Client.LoadLatestAsync(room, Cancel);

        using var hold = again.Client.Hold(room);
        Assert.Equal(AllLines, await ReadBackAsync(again, room, hold));
    }

    [Fact]
    public async Task Catching_up_more_than_memory_holds_comes_to_its_end()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address, options: NativeClientOptions.Create() with { MessagesInMemory = Limit });
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await alice.SeesAsync(s => s.Logs.ContainsKey(room), "the room");
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        await bob.SayAndSeeAsync(room, [.. AllLines]);

        wire.Restore();

        await alice.SeesImpatientlyAsync(s => s.LogOf(room).LatestRun?.Last == Lines, "the last line");
        await alice.SeesAsync(s => s.LogOf(room).InMemory <= Limit, "few of them");
        Assert.Equal(Lines, alice.State.ReadPositionOf(room).Unread);
    }

    public void Dispose() => _folder.Dispose();

    // Pages from the end to the first line as a list does: what is shown moves along, and only that is sure to stay.
    private static async Task<IEnumerable<string>> ReadBackAsync(TestClient client, ChannelId room, LogHold hold)
    {
        var said = new Stack<string>();
        for (var number = client.State.LogOf(room).LastNumber; number >= 1; number--)
        {
            hold.Show(number, number);
            if (client.State.LogOf(room).RunOf(number) is null)
                Assert.Null(await client.Client.LoadOlderAsync(room, number + 1, Cancel));
            var log = client.State.LogOf(room);
            Assert.InRange(log.InMemory, 1, Limit + 50); // A page may come on top before the next look.
            said.Push(Assert.IsType<Message>(log.At(number)).Content);
        }

        return said;
    }

    private async Task<(ChannelId Room, Session Session)> LeaveAfterAllLinesAsync(ServerAddress through)
    {
        await using var alice = await server.RegisterAsync(through: through, options: Mirrored);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, [.. AllLines]);
        await alice.SeesAsync(s => s.LogOf(room) is { IsWhole: true, LastNumber: Lines }, "all lines");
        return (room, alice.Session);
    }
}
