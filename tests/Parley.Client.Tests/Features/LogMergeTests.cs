using FsCheck;
using FsCheck.Fluent;
using Parley.Client.Features.Messages;

namespace Parley.Client.Tests.Features;

public sealed class LogMergeTests
{
    [Fact]
    public void Live_events_grow_the_latest_run()
    {
        var log = Add(Add(ChannelLog.Empty, 1, 2), 3, 3);

        Assert.Equal((1, 3), Bounds(Assert.Single(log.Runs)));
        Assert.Equal(3, log.LatestRun?.Last);
        Assert.True(log.IsWhole);
    }

    [Fact]
    public void An_older_page_stands_before_what_is_held()
    {
        var log = Add(Add(ChannelLog.Empty, 51, 100), 1, 50);

        Assert.Equal((1, 100), Bounds(Assert.Single(log.Runs)));
        Assert.Equal("text 50", log.Runs[0][50].Content);
    }

    [Fact]
    public void A_gap_is_known_until_it_is_filled()
    {
        var log = Add(Add(ChannelLog.Empty, 1, 10), 21, 30);
        Assert.Equal([(1L, 10L), (21L, 30L)], log.Runs.Select(Bounds));
        Assert.Null(log.RunOf(15));

        var filled = Add(log, 11, 20);

        Assert.Equal((1, 30), Bounds(Assert.Single(filled.Runs)));
    }

    [Fact]
    public void A_page_that_leaves_a_gap_inside_is_kept_as_two_runs()
    {
        var log = LogMerge.Add(ChannelLog.Empty, [Given.Event(1), Given.Event(2), Given.Event(5)]);

        Assert.Equal([(1L, 2L), (5L, 5L)], log.Runs.Select(Bounds));
    }

    [Fact]
    public void The_same_page_again_is_the_same_log()
    {
        var log = Add(ChannelLog.Empty, 1, 10);

        Assert.Same(log, Add(log, 3, 7));
    }

    [Fact]
    public void A_page_replaces_what_a_message_said_before()
    {
        var log = LogMerge.Add(Add(ChannelLog.Empty, 1, 3), [Given.Event(2, content: "edited")]);

        Assert.Equal(["text 1", "edited", "text 3"], log.Runs[0].Events.Select(e => e.Content));
    }

    [Fact]
    public void Any_pages_in_any_order_hold_each_number_once_and_know_every_gap()
    {
        var pages = ArbMap.Default.GeneratorFor<byte>().Two().ListOf()
            .Select(list => list.Select(p => (First: 1 + p.Item1 % 40, Count: 1 + p.Item2 % 12)).ToList());

        Prop.ForAll(pages.ToArbitrary(), list =>
        {
            var log = list.Aggregate(ChannelLog.Empty, (held, page) => Add(held, page.First, page.First + page.Count - 1));

            var expected = list.SelectMany(page => Enumerable.Range(page.First, page.Count)).Distinct().Order().Select(n => (long)n);
            var isSame = log.Runs.SelectMany(run => run.Events).Select(e => e.Number).SequenceEqual(expected);
            var areRunsWhole = log.Runs.All(run => run.Events.Select((e, i) => e.Number == run.First + i).All(ok => ok));
            var areApart = log.Runs.Zip(log.Runs.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First);
            return isSame && areRunsWhole && areApart;
        }).QuickCheckThrowOnFailure();
    }

    private static ChannelLog Add(ChannelLog log, long first, long last) => LogMerge.Add(log, Given.Events(first, last));

    private static (long First, long Last) Bounds(LogRun run) => (run.First, run.Last);
}
