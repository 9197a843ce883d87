namespace Parley.Server.Tests.Level2;

[Collection(Level2Server.Name)]
public sealed class HistoryTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task An_entry_is_the_same_in_a_page_as_it_was_live()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        await alice.SayAsync(log, "Grüße 👋\n\"twice\"", "n");
        await bob.RequestAsync(new { type = "action", channel_id = log, content = "waves" });
        var live = await alice.NextAsync(2);

        var page = await bob.HistoryAsync(log);

        Assert.Equal(live.Select(f => f["event"]!.ToJsonString()), page.List("events").Select(e => e.ToJsonString()));
        page.ShouldBe(new { type = "history", channel_id = log, events = "<list>", last_number = 2, more = false, as_of = 2 });
    }

    [Fact]
    public async Task After_gives_the_events_above_a_number_page_by_page()
    {
        var (alice, log) = await LogOfAsync(25);

        var first = await alice.HistoryAsync(log, after: 0, limit: 10);
        var second = await alice.HistoryAsync(log, after: 10, limit: 10);
        var third = await alice.HistoryAsync(log, after: 20, limit: 10);
        var exact = await alice.HistoryAsync(log, after: 15, limit: 10);

        ShouldHold(first, Log.From(1, 10), more: true);
        ShouldHold(second, Log.From(11, 10), more: true);
        ShouldHold(third, Log.From(21, 5), more: false);
        ShouldHold(exact, Log.From(16, 10), more: false);
        Assert.All([first, second, third, exact], p => Assert.Equal(25, p.Number("last_number")));
        Assert.Equal(first.Numbers().Select(n => $"line {n}"), first.Contents());
    }

    [Fact]
    public async Task Before_gives_the_events_just_below_a_number_still_ascending()
    {
        var (alice, log) = await LogOfAsync(25);

        var first = await alice.HistoryAsync(log, before: 26, limit: 10);
        var second = await alice.HistoryAsync(log, before: 16, limit: 10);
        var third = await alice.HistoryAsync(log, before: 6, limit: 10);
        var exact = await alice.HistoryAsync(log, before: 11, limit: 10);

        ShouldHold(first, Log.From(16, 10), more: true);
        ShouldHold(second, Log.From(6, 10), more: true);
        ShouldHold(third, Log.From(1, 5), more: false);
        ShouldHold(exact, Log.From(1, 10), more: false);
    }

    [Fact]
    public async Task With_neither_it_gives_the_latest_50_unless_a_limit_is_named()
    {
        var (alice, log) = await LogOfAsync(120);

        var latest = await alice.HistoryAsync(log);
        var three = await alice.HistoryAsync(log, limit: 3);
        var hundred = await alice.HistoryAsync(log, limit: 100);

        ShouldHold(latest, Log.From(71, 50), more: true);
        ShouldHold(three, Log.From(118, 3), more: true);
        ShouldHold(hundred, Log.From(21, 100), more: true);
        Assert.Equal(Log.From(1, 50), (await alice.HistoryAsync(log, after: 0)).Numbers());
    }

    [Fact]
    public async Task At_gives_the_events_from_a_time_on()
    {
        var (alice, log) = await LogOfAsync(25);
        var all = (await alice.HistoryAsync(log, after: 0)).List("events").Select(e => e["timestamp"]!.GetValue<string>()).ToList();

        foreach (var number in new[] { 1, 2, 13, 24, 25 })
        {
            var page = await AtAsync(all[number - 1], limit: 10);
            // What was said in the same microsecond is from that time on as well.
            Assert.Equal(Log.From(all.IndexOf(all[number - 1]) + 1, Math.Min(10, 25 - all.IndexOf(all[number - 1]))), page.Numbers());
        }

        Assert.Equal(Log.From(1, 3), (await AtAsync("2001-01-01T00:00:00.000000+00:00", limit: 3)).Numbers());
        Assert.Empty((await AtAsync("2999-01-01T00:00:00+02:00", limit: 3)).Numbers());

        Task<Frame> AtAsync(string at, int limit) => alice.RequestAsync(new { type = "history", channel_id = log, at, limit });
    }

    [Fact]
    public async Task Beyond_the_ends_there_is_nothing()
    {
        var (alice, log) = await LogOfAsync(5);
        var empty = await NewLogAsync(alice);

        foreach (var page in new[] { await alice.HistoryAsync(log, after: 5), await alice.HistoryAsync(log, after: 99), await alice.HistoryAsync(log, before: 1) })
            page.ShouldBe(new { type = "history", channel_id = log, events = Array.Empty<object>(), last_number = 5, more = false, as_of = 5 });
        Assert.Equal(Log.From(1, 5), (await alice.HistoryAsync(log, before: long.MaxValue)).Numbers());
        Assert.Empty((await alice.HistoryAsync(log, after: long.MaxValue)).Numbers());
        (await alice.HistoryAsync(empty)).ShouldBe(new { type = "history", channel_id = empty, events = Array.Empty<object>(), last_number = 0, more = false, as_of = 0 });
    }

    [Theory]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":101}""")]
    [InlineData("""{"limit":-1}""")]
    [InlineData("""{"limit":9999999999}""")]
    [InlineData("""{"limit":1.5}""")]
    [InlineData("""{"limit":"10"}""")]
    [InlineData("""{"after":1,"before":5}""")]
    [InlineData("""{"after":"1"}""")]
    [InlineData("""{"after":1,"at":"2026-01-02T03:04:05.678901+00:00"}""")]
    [InlineData("""{"before":1,"at":"2026-01-02T03:04:05.678901+00:00"}""")]
    [InlineData("""{"at":"yesterday"}""")]
    [InlineData("""{"at":5}""")]
    [InlineData("""{"before":[]}""")]
    [InlineData("""{"before":1e99}""")]
    [InlineData("""{"channel_id":"1"}""")]
    [InlineData("""{"channel_id":true}""")]
    public async Task A_request_that_makes_no_sense_is_invalid(string fields)
    {
        var (alice, log) = await LogOfAsync(1);
        var request = System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject();
        request["type"] = "history";
        request["channel_id"] ??= log;

        (await alice.RequestAsync(request)).ShouldBeRefusal("invalid");
        await alice.HistoryAsync(log);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_channel_that_is_not_there_is_not_found(long id)
    {
        var (alice, _) = await EnterLevel2Async();

        (await alice.RequestAsync(new { type = "history", channel_id = id })).ShouldBeRefusal("not_found");
    }

    [Theory]
    [InlineData("👋")] // 8,000 bytes a message.
    [InlineData("\"")] // Two bytes each as JSON.
    [InlineData("\n")]
    public async Task A_page_of_the_longest_messages_fits_a_frame_and_the_log_can_be_walked(string character)
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var content = "x" + string.Concat(Enumerable.Repeat(character, 1999));
        await alice.SendTogetherAsync(Enumerable.Range(0, 150).Select(i => new { type = "message", @ref = i, channel_id = log, content }));
        for (var i = 0; i < 150; i++)
            await alice.SkipToAsync("ack");

        var walked = new List<long>();
        bool more;
        do
        {
            var page = await alice.HistoryAsync(log, after: walked.Count, limit: 100);
            Assert.NotEmpty(page.Numbers());
            Assert.All(page.Contents(), c => Assert.Equal(content, c));
            walked.AddRange(page.Numbers());
            more = page.More();
        }
        while (more);

        Assert.Equal(Log.From(1, 150), walked);
    }

    private async Task<(Peer Alice, long Log)> LogOfAsync(int count)
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        await alice.SendTogetherAsync(Enumerable.Range(1, count).Select(i => new { type = "message", @ref = i, channel_id = log, content = $"line {i}" }));
        for (var (acks, events) = (0, 0); acks < count || events < count;)
        {
            var frame = await alice.NextAsync();
            (acks, events) = frame.Type == "ack" ? (acks + 1, events) : (acks, events + 1);
        }

        return (alice, log);
    }

    private static void ShouldHold(Frame page, IEnumerable<long> numbers, bool more)
    {
        Assert.Equal(numbers, page.Numbers());
        Assert.Equal(more, page.More());
    }
}
