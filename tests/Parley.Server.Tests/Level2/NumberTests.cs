namespace Parley.Server.Tests.Level2;

/// <summary>Numbers without a gap, in one order for all, whoever speaks at the same time and whenever somebody comes.</summary>
[Collection(Level2Server.Name)]
public sealed class NumberTests(UnlimitedServer server) : ChatTest(server)
{
    private const int People = 8;
    private const int Lines = 60;

    [Fact]
    public async Task Everyone_sees_every_number_once_and_in_one_order()
    {
        var people = await PeopleAsync();
        var log = await NewLogAsync(people[0]);

        await Task.WhenAll(people.Select((p, author) => p.SendTogetherAsync(
            Enumerable.Range(0, Lines).Select(i => new { type = "message", @ref = i, channel_id = log, content = $"{author}:{i}", nonce = $"{log}-{i}" }))));
        var seen = await Task.WhenAll(people.Select(p => WatchAsync(p, Lines)));

        Assert.All(seen, s => Assert.Equal(Log.From(1, People * Lines), s.Events.Select(e => e.EventNumber())));
        Assert.All(seen, s => Assert.Equal(seen[0].Events.Select(e => e.Raw), s.Events.Select(e => e.Raw)));
        Assert.All(Enumerable.Range(0, People), author =>
        {
            var own = seen[0].Events.Where(e => e.EventContent().StartsWith($"{author}:", StringComparison.Ordinal)).ToList();
            Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"{author}:{i}"), own.Select(e => e.EventContent()));
            // What was acknowledged is what everyone saw.
            Assert.Equal(own.Select(e => e.EventNumber()), seen[author].Acks.Select(a => a.Number("number")));
            Assert.Equal(Log.From(0, Lines), seen[author].Acks.Select(a => a.Number("ref")));
        });
    }

    [Fact]
    public async Task The_log_that_is_read_is_the_log_that_was_seen()
    {
        var people = await PeopleAsync();
        var log = await NewLogAsync(people[0]);
        await Task.WhenAll(people.Select((p, author) => p.SendTogetherAsync(
            Enumerable.Range(0, Lines).Select(i => new { type = "message", @ref = i, channel_id = log, content = $"{author}:{i}" }))));
        var seen = (await WatchAsync(people[0], Lines)).Events;

        var read = new List<string>();
        Frame page;
        do
        {
            page = await people[0].HistoryAsync(log, after: read.Count, limit: 70);
            read.AddRange(page.List("events").Select(e => e.ToJsonString()));
        }
        while (page.More());

        Assert.Equal(seen.Select(e => e["event"]!.ToJsonString()), read);
    }

    /// <summary>An event is either counted in <c>last_number</c> of <c>ready</c>, or comes as an event after it: never both, never neither.</summary>
    [Fact]
    public async Task Whoever_comes_while_others_talk_misses_nothing_and_hears_nothing_twice()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var talking = TalkAsync(alice, log, 3_000);

        for (var arrival = 0; !talking.IsCompleted && arrival < 40; arrival++)
        {
            var (guest, ready) = await ComeBackAsync(alice.Token);
            var last = ready.ChannelIn(log)["last_number"]!.GetValue<long>();
            if (last >= 2_990)
                break;
            Assert.Equal(Log.From(last + 1, 10), (await guest.NextAsync(10)).Select(e => e.EventNumber()));
            var page = await guest.HistoryAsync(log, before: last + 1, limit: 5);
            Assert.Equal(Log.From(Math.Max(1, last - 4), Math.Min(5, last)), page.Numbers());
            await guest.DisposeAsync();
        }

        await talking;
    }

    [Fact]
    public async Task A_page_never_shows_what_nobody_has_seen_nor_misses_what_somebody_has()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var talking = TalkAsync(alice, log, 500);

        for (var expected = 1; expected <= 500; expected++)
        {
            var live = await bob.SkipToAsync("event");
            Assert.Equal(expected, live.EventNumber());
            if (expected % 25 == 0)
                Assert.Equal(live["event"]!.ToJsonString(), (await bob.HistoryAsync(log, after: expected - 1, limit: 1)).List("events")[0].ToJsonString());
        }

        await talking;
    }

    private async Task<List<Peer>> PeopleAsync()
    {
        var people = new List<Peer>();
        while (people.Count < People)
            people.Add((await EnterLevel2Async()).Peer);
        return people;
    }

    private static async Task<(List<Frame> Events, List<Frame> Acks)> WatchAsync(Peer peer, int acks)
    {
        var seen = (Events: new List<Frame>(), Acks: new List<Frame>());
        while (seen.Events.Count < People * Lines || seen.Acks.Count < acks)
        {
            var frame = await peer.NextAsync();
            (frame.Type == "event" ? seen.Events : seen.Acks).Add(frame);
        }

        return seen;
    }

    private static async Task TalkAsync(Peer speaker, long log, int count)
    {
        const int InFlight = 20;
        for (var (sent, acknowledged) = (0, 0); acknowledged < count;)
        {
            if (sent < count && sent - acknowledged < InFlight)
            {
                await speaker.SendAsync(new { type = "message", @ref = ++sent, channel_id = log, content = $"line {sent}" });
                continue;
            }

            await speaker.SkipToAsync("ack");
            acknowledged++;
        }
    }
}
