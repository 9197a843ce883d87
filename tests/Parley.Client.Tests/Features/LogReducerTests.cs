using FsCheck;
using FsCheck.Fluent;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;

namespace Parley.Client.Tests.Features;

public sealed class LogReducerTests
{
    [Fact]
    public void Live_events_grow_the_latest_run()
    {
        var log = Add(Add(RoomLog.Empty, 1, 2), 3, 3);

        Assert.Equal((1, 3), Bounds(Assert.Single(log.Runs)));
        Assert.Equal(3, log.LatestRun?.Last);
        Assert.True(log.IsWhole);
    }

    [Fact]
    public void An_older_page_stands_before_what_is_held()
    {
        var log = Add(Add(RoomLog.Empty, 51, 100), 1, 50);

        Assert.Equal((1, 100), Bounds(Assert.Single(log.Runs)));
        Assert.Equal("text 50", log.At(50)?.Content);
    }

    [Fact]
    public void A_gap_is_known_until_it_is_filled()
    {
        var log = Add(Add(RoomLog.Empty, 1, 10), 21, 30);
        Assert.Equal([(1L, 10L), (21L, 30L)], log.Runs.Select(Bounds));
        Assert.Null(log.RunOf(15));

        var filled = Add(log, 11, 20);

        Assert.Equal((1, 30), Bounds(Assert.Single(filled.Runs)));
    }

    [Fact]
    public void A_page_that_leaves_a_gap_inside_is_kept_as_two_runs()
    {
        var log = Add(RoomLog.Empty, [Given.Event(1), Given.Event(2), Given.Event(5)]);

        Assert.Equal([(1L, 2L), (5L, 5L)], log.Runs.Select(Bounds));
    }

    [Fact]
    public void The_same_page_again_is_the_same_log()
    {
        var log = Add(RoomLog.Empty, 1, 10);

        Assert.Same(log, Add(log, 3, 7));
    }

    [Fact]
    public void A_page_replaces_what_a_message_said_before()
    {
        var log = Add(Add(RoomLog.Empty, 1, 3), [Given.Event(2, content: "edited")]);

        Assert.Equal(["text 1", "edited", "text 3"], log.InOrder.Select(m => m.Content));
    }

    [Fact]
    public void Any_pages_in_any_order_hold_each_number_once_and_know_every_gap()
    {
        var pages = ArbMap.Default.GeneratorFor<byte>().Two().ListOf()
            .Select(list => list.Select(p => (First: 1 + p.Item1 % 40, Count: 1 + p.Item2 % 12)).ToList());

        Prop.ForAll(pages.ToArbitrary(), list =>
        {
            var log = list.Aggregate(RoomLog.Empty, (held, page) => Add(held, page.First, page.First + page.Count - 1));

            var expected = list.SelectMany(page => Enumerable.Range(page.First, page.Count)).Distinct().Order().Select(n => (long)n);
            var isSame = log.InOrder.Select(m => m.Number).SequenceEqual(expected);
            var areRunsWhole = log.Runs.All(run => run.Rows.Select((row, i) => row.Number == run.First + i).All(ok => ok));
            var areApart = log.Runs.Zip(log.Runs.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First);
            return isSame && areRunsWhole && areApart;
        }).QuickCheckThrowOnFailure();
    }

    private static RoomLog Add(RoomLog log, long first, long last) => Add(log, Given.Events(first, last));

    private static RoomLog Add(RoomLog log, ChannelEvent[] events) => LogReducer.Apply(log, LogNews.Of(
        ChatState.Empty with { Logs = ChatState.Empty.Logs.Add(Given.General, log) }, new HistoryPage(Given.General, events, events[^1].Number, More: false), ask: null)!, Given.Me);

    private static (long First, long Last) Bounds(LogRun run) => (run.First, run.Last);
}
