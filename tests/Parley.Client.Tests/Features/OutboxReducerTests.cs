using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class OutboxReducerTests
{
    [Fact]
    public void A_live_event_with_its_nonce_takes_the_place_of_a_message_on_its_way()
    {
        var state = Sending("n1").After(Given.Live(1, Given.Me, "n1"));

        Assert.Empty(state.PendingOf(Given.General));
        Assert.Equal(1, state.LogOf(Given.General).HeldCount);
    }

    [Fact]
    public void An_acknowledged_message_stays_in_view_until_its_event_is_there()
    {
        var acknowledged = Sending("n1").After(Acked("n1", 1));
        Assert.Equal(PendingState.Acknowledged, Assert.Single(acknowledged.PendingOf(Given.General)).State);

        var seen = acknowledged.After(Given.Live(1, Given.Me, "n1"));

        Assert.Empty(seen.PendingOf(Given.General));
    }

    [Fact]
    public void An_acknowledgement_after_the_event_changes_nothing()
    {
        var seen = Sending("n1").After(Given.Live(1, Given.Me, "n1"));

        Assert.Same(seen, seen.After(Acked("n1", 1)));
    }

    [Fact]
    public void A_history_page_that_holds_an_acknowledged_message_takes_its_place()
    {
        var state = Sending("n1").After(Acked("n1", 2), Given.Page(1, 3, 3));

        Assert.Empty(state.PendingOf(Given.General));
    }

    [Fact]
    public void An_acknowledgement_of_what_a_history_page_brought_already_takes_it_away()
    {
        var state = Sending("n1").After(Given.Page(1, 3, 3), Acked("n1", 2));

        Assert.Empty(state.PendingOf(Given.General));
    }

    [Fact]
    public void An_acknowledged_message_below_the_part_that_is_held_is_not_shown_at_the_end()
    {
        var state = Sending("n1").After(Acked("n1", 2), Given.Page(50, 99, 99));

        Assert.Empty(state.PendingOf(Given.General));
    }

    [Fact]
    public void A_stranger_s_event_with_my_nonce_takes_nothing_away()
    {
        var state = Sending("n1").After(Given.Live(1, Given.Bob, "n1"));

        Assert.Single(state.PendingOf(Given.General));
    }

    [Fact]
    public void A_failed_message_can_be_tried_again_or_deleted()
    {
        var failed = OutboxReducer.Failed(Sending("n1"), Given.General, "n1", "No.");
        Assert.Equal("No.", Assert.Single(failed.PendingOf(Given.General)).Failure);
        Assert.Empty(OutboxReducer.NextToSend(failed));

        Assert.Equal("n1", OutboxReducer.NextToSend(OutboxReducer.TryAgain(failed, "n1")).First().Nonce);
        Assert.Empty(OutboxReducer.DeleteFailed(failed, "n1").PendingOf(Given.General));
    }

    [Fact]
    public void A_message_on_its_way_cannot_be_deleted()
    {
        var state = Sending("n1");

        Assert.Same(state, OutboxReducer.DeleteFailed(state, "n1"));
    }

    [Fact]
    public void What_waits_goes_out_in_the_order_in_which_it_was_written()
    {
        var state = Sending("n1", "n2", "n3");

        Assert.Equal("n1", OutboxReducer.NextToSend(state).First().Nonce);
        Assert.Equal("n2", OutboxReducer.NextToSend(state.After(Acked("n1", 1))).First().Nonce);
    }

    [Fact]
    public void Other_data_on_the_server_fails_what_waits_and_does_not_lose_it()
    {
        var state = Sending("n1").After(Given.Ready(epoch: "e2"));

        Assert.Equal(PendingState.Failed, Assert.Single(state.PendingOf(Given.General)).State);
    }

    [Fact]
    public void Another_user_does_not_inherit_what_waits()
    {
        var state = Sending("n1").After(Given.Ready(epoch: "e2", username: "somebody_else"));

        Assert.Empty(state.Outbox);
    }

    private static ChatState Sending(params string[] nonces) => nonces.Select((nonce, i) =>
            new PendingMessage(nonce, Given.General, MessageKind.Message, nonce, DateTimeOffset.UnixEpoch.AddSeconds(i)))
        .Aggregate(Given.State(), OutboxReducer.Add);

    private static Ack Acked(string nonce, long number) => new(Given.General, number, new MessageId(number), DateTimeOffset.UnixEpoch, nonce);
}
