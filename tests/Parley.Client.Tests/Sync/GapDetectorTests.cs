using Parley.Client.Sync;

namespace Parley.Client.Tests.Sync;

public sealed class GapDetectorTests
{
    [Fact]
    public void A_snapshot_that_is_further_than_what_is_held_is_a_gap()
    {
        var before = Given.State(last: 3).After(Given.Page(1, 3, 3));

        Assert.Equal([new CatchUpJob(Given.General, 3)], GapDetector.Find(before, Given.Ready(last: 9)));
        Assert.Empty(GapDetector.Find(before, Given.Ready(last: 3)));
    }

    [Fact]
    public void A_log_in_which_nothing_was_said_is_held_to_its_end()
    {
        Assert.Equal([new CatchUpJob(Given.General, 0)], GapDetector.Find(Given.State(), Given.Ready(last: 9)));
    }

    [Fact]
    public void What_nobody_has_looked_at_is_not_fetched()
    {
        Assert.Empty(GapDetector.Find(Given.State(last: 100), Given.Ready(last: 109)));
    }

    [Fact]
    public void Other_data_has_no_gaps_for_it_is_loaded_afresh()
    {
        var before = Given.State(last: 3).After(Given.Page(1, 3, 3));

        Assert.Empty(GapDetector.Find(before, Given.Ready(last: 9, epoch: "e2")));
    }

    [Fact]
    public void A_live_event_that_skips_a_number_is_a_gap()
    {
        var before = Given.State(last: 3).After(Given.Page(1, 3, 3));

        Assert.Equal([new CatchUpJob(Given.General, 3)], GapDetector.Find(before, Given.Live(5)));
        Assert.Empty(GapDetector.Find(before, Given.Live(4)));
    }

    [Fact]
    public void A_catch_up_that_was_cut_short_goes_on_where_it_was()
    {
        var before = Given.State(last: 100).After(Given.Page(1, 60, 100));

        Assert.Equal([new CatchUpJob(Given.General, 60)], GapDetector.Find(before, Given.Ready(last: 100)));
    }

    [Fact]
    public void A_live_event_does_not_fetch_what_nobody_paged_to()
    {
        var before = Given.State(last: 100).After(Given.Page(1, 60, 100));

        Assert.Empty(GapDetector.Find(before, Given.Live(101)));
    }
}
