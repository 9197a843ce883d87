using Parley.Client.Features.ReadState;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class ReadStateTests
{
    [Fact]
    public void What_others_say_is_unread_and_what_I_say_is_not()
    {
        var state = Given.State().After(Given.Live(1), Given.Live(2, Given.Me), Given.Live(3));

        Assert.Equal(2, state.ReadPositionOf(Given.General).Unread);
    }

    [Fact]
    public void What_comes_live_is_counted_on_top_of_the_server_s_count()
    {
        var state = Given.State(last: 500, read: 100, unread: 300).After(Given.Live(501), Given.Live(502, Given.Me));

        Assert.Equal(301, state.ReadPositionOf(Given.General).Unread);
    }

    [Fact]
    public void Events_of_an_unknown_kind_are_no_messages()
    {
        var state = Given.State().After(new EventPushed(Given.General, Given.Event(1, kind: "reaction"), null));

        Assert.Equal(0, state.ReadPositionOf(Given.General).Unread);
        Assert.Equal(1, state.LogOf(Given.General).LastNumber);
    }

    [Fact]
    public void Reading_up_to_the_latest_leaves_nothing_unread()
    {
        var state = ReadStateReducer.MarkRead(Given.State(last: 500, read: 100, unread: 300), Given.General, 500);

        Assert.Equal(new ReadPosition(500, 0), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void Reading_a_part_counts_the_rest()
    {
        var state = ReadStateReducer.MarkRead(Given.State(last: 100, unread: 100).After(Given.Page(51, 100, 100)), Given.General, 90);

        Assert.Equal(new ReadPosition(90, 10), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void The_position_never_goes_back()
    {
        var state = ReadStateReducer.MarkRead(Given.State(last: 10, read: 8, unread: 2), Given.General, 5);

        Assert.Equal(new ReadPosition(8, 2), state.ReadPositionOf(Given.General));
        Assert.Equal(8, state.After(new ReadMoved(Given.General, 3, 7)).ReadPositionOf(Given.General).Number);
    }

    [Fact]
    public void Nobody_reads_beyond_the_latest()
    {
        var state = ReadStateReducer.MarkRead(Given.State(last: 10), Given.General, 99);

        Assert.Equal(10, state.ReadPositionOf(Given.General).Number);
    }

    [Fact]
    public void Reading_on_another_device_reads_here()
    {
        var state = Given.State(last: 10, unread: 10).After(new ReadMoved(Given.General, 7, 3));

        Assert.Equal(new ReadPosition(7, 3), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void What_was_read_here_and_not_yet_told_stays_read_over_a_break()
    {
        var state = ReadStateReducer.MarkRead(Given.State(last: 10, unread: 10), Given.General, 10).After(Given.Ready(last: 12, read: 0, unread: 12));

        Assert.Equal(10, state.ReadPositionOf(Given.General).Number);
    }

    [Fact]
    public void Unread_is_counted_up_to_a_thousand()
    {
        var state = Given.State().After(Given.Page(1, 1_500, 1_500), Given.Live(1_501), Given.Live(1_502));

        Assert.Equal(1_000, state.ReadPositionOf(Given.General).Unread);
    }

    [Fact]
    public void What_means_me_is_counted_besides()
    {
        var state = Given.State().After(Given.Live(1), Given.Mention(2), Given.Live(3, Given.Me));

        Assert.Equal(new ReadPosition(0, 2, 1), state.ReadPositionOf(Given.General));
        Assert.Equal(new ReadPosition(2, 0, 0), ReadStateReducer.MarkRead(state, Given.General, 2).ReadPositionOf(Given.General));
    }

    [Fact]
    public void A_mention_is_counted_on_top_of_the_server_s_count()
    {
        var state = Given.State(last: 500, read: 100, unread: 300, mentions: 4).After(Given.Live(501), Given.Mention(502));

        Assert.Equal(new ReadPosition(100, 302, 5), state.ReadPositionOf(Given.General));
        Assert.Equal(new ReadPosition(400, 99, 2), state.After(new ReadMoved(Given.General, 400, 99, 2)).ReadPositionOf(Given.General));
    }

    [Fact]
    public void A_mention_counts_where_a_thousand_are_unread()
    {
        var state = Given.State().After(Given.Page(1, 1_500, 1_500), Given.Live(1_501), Given.Mention(1_502), Given.Mention(1_503));

        Assert.Equal(new ReadPosition(0, 1_000, 2), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void Who_is_newly_meant_by_an_edit_has_a_mention_there_whether_or_not_the_message_is_in_memory()
    {
        var state = Given.State(last: 500, read: 400, unread: 100, mentions: 2);

        Assert.Equal(new ReadPosition(400, 100, 3), state.After(Edit(501, 7, Given.Me, isNew: true)).ReadPositionOf(Given.General));
        Assert.Equal(new ReadPosition(400, 100, 2), state.After(Edit(501, 7, Given.Me, isNew: false)).ReadPositionOf(Given.General));
        Assert.Equal(new ReadPosition(400, 100, 2), state.After(Edit(501, 7, null, isNew: false)).ReadPositionOf(Given.General));
    }

    [Fact]
    public void What_was_edited_or_deleted_since_goes_on_counting()
    {
        var state = Given.State().After(Given.Mention(1), Given.Mention(2), Edit(3, 1, null, isNew: false));
        state = state.After(new EventPushed(Given.General, Given.Event(4, kind: EventKind.Delete) with { MessageId = Given.Event(2).MessageId }, null));

        Assert.Equal(new ReadPosition(0, 2, 2), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void An_edit_that_is_heard_twice_counts_once()
    {
        var state = Given.State().After(Given.Live(1), Edit(2, 1, Given.Me, isNew: true), Edit(2, 1, Given.Me, isNew: true));

        Assert.Equal(new ReadPosition(0, 1, 1), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void A_page_that_came_before_its_live_events_counts_none_twice()
    {
        var state = Given.State().After(Given.Page(1, 3, 3), Given.Live(1), Given.Live(2), Given.Live(3));

        Assert.Equal(3, state.ReadPositionOf(Given.General).Unread);
    }

    private static EventPushed Edit(long number, long of, UserId? means, bool isNew)
    {
        var mentions = means is { } user ? UserIds.Of(user) : null;
        var edit = Given.Event(number, kind: EventKind.Edit) with
        {
            MessageId = Given.Event(of).MessageId, Mentions = mentions, NewMentions = isNew ? mentions : null,
        };
        return new EventPushed(Given.General, edit, null);
    }
}
