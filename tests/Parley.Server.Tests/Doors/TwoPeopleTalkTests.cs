using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events.Sending;
using Parley.Server.Hosting;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Doors;

/// <summary>
/// Two people talk, by whatever doors. One of the doors exists in these tests alone (<see cref="LineDoor"/>), and is spoken at the same server.
/// </summary>
public sealed class TwoPeopleTalkTests
{
    private static readonly string[] All = ["level 1", "level 2", "lines"];

    public static TheoryData<string, string> Pairs => [.. All.SelectMany(one => All.Select(other => (one, other)))];

    public static TheoryData<string> Each => [.. All];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Both_hear_what_both_say_in_one_order(string one, string other)
    {
        await using var server = await StartAsync();
        await using var alice = await Talker.ComeAsync(server, one, 1);
        await using var bob = await Talker.ComeAsync(server, other, 2);

        for (var i = 0; i < 50; i++)
            await Task.WhenAll(alice.SayAsync("general", $"a{i}"), bob.SayAsync("general", $"b{i}"));

        List<Heard> atAlice = [], atBob = [];
        while (atAlice.Count < 100)
        {
            atAlice.Add(await alice.HearTalkAsync());
            atBob.Add(await bob.HearTalkAsync());
        }

        Assert.Equal(atAlice, atBob);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => new Heard("#general", alice.Name, $"a{i}")), atAlice.Where(h => h.Who == alice.Name));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => new Heard("#general", bob.Name, $"b{i}")), atAlice.Where(h => h.Who == bob.Name));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task What_one_tells_the_other_nobody_else_hears(string one, string other)
    {
        await using var server = await StartAsync();
        await using var alice = await Talker.ComeAsync(server, one, 1);
        await using var bob = await Talker.ComeAsync(server, other, 2);
        await using var carol = await Talker.ComeAsync(server, one, 3);
        await using var dave = await Talker.ComeAsync(server, other, 4);

        await alice.TellAsync(bob.Name, "psst");
        var told = new Heard("@", alice.Name, "psst");
        Assert.Equal((told, told), (await bob.HearTalkAsync(), await alice.HearTalkAsync()));
        await bob.TellAsync(alice.Name, "yes?");
        Assert.Equal(new Heard("@", bob.Name, "yes?"), await alice.HearTalkAsync());

        await alice.SayAsync("general", "aloud");
        var aloud = new Heard("#general", alice.Name, "aloud");
        Assert.Equal((aloud, aloud), (await carol.HearTalkAsync(), await dave.HearTalkAsync()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_new_channel_and_who_comes_and_goes_are_told(string one, string other)
    {
        await using var server = await StartAsync();
        await using var alice = await Talker.ComeAsync(server, one, 1);
        await using (var bob = await Talker.ComeAsync(server, other, 2))
        {
            await HearsAsync(alice, server, new Heard("~", bob.Name, "is here"));
            await bob.MakeAsync("tea");
            await HearsAsync(alice, server, new Heard("+", "", "tea"));
            await HearsAsync(bob, server, new Heard("+", "", "tea"));
        }

        await HearsAsync(alice, server, new Heard("~", LocalServer.Name(2), "has gone"));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task What_is_refused_is_told_to_the_asker_and_the_connection_goes_on(string door)
    {
        await using var server = await StartAsync();
        await using var alice = await Talker.ComeAsync(server, door, 1);

        await alice.SayAsync("nowhere", "hi");
        Assert.Equal("not_found", await alice.RefusedAsync());
        await alice.TellAsync("Nobody_Here", "hi");
        Assert.Equal("not_found", await alice.RefusedAsync());
        await alice.MakeAsync("general");
        Assert.Equal("exists", await alice.RefusedAsync());

        await alice.SayAsync("general", "still here");
        Assert.Equal(new Heard("#general", alice.Name, "still here"), await alice.HearTalkAsync());
    }

    private static Task<LocalServer> StartAsync() => LocalServer.StartAsync(
        new ServerOptions { UseTls = false, NoLimits = true }, makeDoor: parts => new EitherDoor(FrameDoor.Make(parts), new LineDoor(parts)));

    // Level 2 tells of people once a second, and not before: the clock moves until it has.
    private static async Task HearsAsync(Talker talker, LocalServer server, Heard expected)
    {
        while (true)
        {
            var hearing = talker.HearAsync();
            await Eventually.TrueAsync(
                () =>
                {
                    server.Clock.Advance(TimeSpan.FromMilliseconds(100));
                    return hearing.IsCompleted;
                },
                $"to hear {expected}");
            if (await hearing == expected)
                return;
        }
    }

    /// <summary>Two doors at one port, by where somebody comes from.</summary>
    private sealed class EitherDoor(FrameDoor frames, LineDoor lines) : Door
    {
        public override DoorSession Begin(Outbox outbox) => frames.Begin(outbox);

        public override Task ServeAsync(Connection connection, CancellationToken cancellationToken)
        {
            if (connection.Address.GetAddressBytes()[^1] != Talker.AddressOfLines)
                return frames.ServeAsync(connection, cancellationToken);
            connection.Session = lines.Begin(connection.Receiver);
            return lines.ServeAsync(connection, cancellationToken);
        }
    }
}
