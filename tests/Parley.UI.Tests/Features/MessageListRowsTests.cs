using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;

namespace Parley.UI.Tests.Features;

public sealed class MessageListRowsTests
{
    private static readonly SelfState Alice = new(Given.Alice, "alice");

    [Fact]
    public void One_author_within_five_minutes_stands_as_one_group()
    {
        var rows = Rows(Given.Log(
            Given.Said(1, Given.Bob, Given.Noon),
            Given.Said(2, Given.Bob, Given.Noon.AddMinutes(3)),
            Given.Said(3, Given.Bob, Given.Noon.AddMinutes(5)),
            Given.Said(4, Given.Bob, Given.Noon.AddMinutes(5).AddSeconds(1)),
            Given.Said(5, Given.Alice, Given.Noon.AddMinutes(6)),
            Given.Said(6, Given.Bob, Given.Noon.AddMinutes(6))));

        Assert.Equal([true, false, false, true, true, true], rows.OfType<MessageListRow.Logged>().Select(row => row.StartsGroup));
    }

    [Fact]
    public void An_action_stands_alone()
    {
        var rows = Rows(Given.Log(
            Given.Said(1, Given.Bob, Given.Noon),
            Given.Said(2, Given.Bob, Given.Noon, kind: EventKind.Action),
            Given.Said(3, Given.Bob, Given.Noon)));

        Assert.Equal([true, true, true], rows.OfType<MessageListRow.Logged>().Select(row => row.StartsGroup));
    }

    [Fact]
    public void A_line_stands_between_days_of_the_reader_s_own_time_zone()
    {
        var midnight = new DateTimeOffset(2026, 3, 14, 22, 59, 0, TimeSpan.Zero);
        var log = Given.Log(Given.Said(1, Given.Bob, midnight), Given.Said(2, Given.Bob, midnight.AddMinutes(2)));

        var rows = MessageListRows.Build(log, new LogWindow(1, 2, IsLive: true), null, Given.NothingPending, Alice, TimeZoneInfo.CreateCustomTimeZone("t", TimeSpan.FromHours(1), "t", "t"));

        Assert.Collection(
            rows,
            row => Assert.Equal(new DateOnly(2026, 3, 14), Assert.IsType<MessageListRow.Day>(row).Date),
            row => Assert.True(Assert.IsType<MessageListRow.Logged>(row).StartsGroup),
            row => Assert.Equal(new DateOnly(2026, 3, 15), Assert.IsType<MessageListRow.Day>(row).Date),
            row => Assert.True(Assert.IsType<MessageListRow.Logged>(row).StartsGroup));
    }

    [Fact]
    public void Where_a_clock_goes_back_over_midnight_the_day_gets_a_line_once_more_and_no_two_rows_have_one_key()
    {
        var midnight = new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);
        var log = Given.Log(Given.Said(1, Given.Bob, midnight.AddMinutes(-1)), Given.Said(2, Given.Bob, midnight.AddMinutes(1)));
        PendingMessage slow = new("n", Given.General, MessageKind.Message, "by a clock that is behind the server's", midnight.AddMinutes(-1));

        var rows = MessageListRows.Build(log, new LogWindow(1, 2, IsLive: true), null, [slow], Alice, TimeZoneInfo.Utc);

        Assert.Equal([14, 15, 14], rows.OfType<MessageListRow.Day>().Select(row => row.Date.Day));
        Assert.Distinct(rows.Select(row => row.Key));
    }

    [Fact]
    public void A_row_looks_the_same_wherever_the_window_begins()
    {
        var log = Given.Log([.. Enumerable.Range(1, 30).Select(i => Given.Said(i, Given.Bob, Given.Noon.AddMinutes(i)))]);
        var whole = MessageListRows.Build(log, new LogWindow(1, 30, IsLive: true), null, Given.NothingPending, Alice, TimeZoneInfo.Utc).OfType<MessageListRow.Logged>().ToList();

        for (var first = 2; first <= 30; first++)
        {
            var window = MessageListRows.Build(log, new LogWindow(first, 30, IsLive: true), null, Given.NothingPending, Alice, TimeZoneInfo.Utc).OfType<MessageListRow.Logged>();
            Assert.Equal(whole.Skip(first - 1), window);
        }
    }

    [Fact]
    public void What_is_new_stands_under_a_line_and_starts_a_group()
    {
        var log = Given.Log(Given.Said(1, Given.Bob, Given.Noon), Given.Said(2, Given.Bob, Given.Noon));

        var rows = MessageListRows.Build(log, new LogWindow(1, 2, IsLive: true), lastRead: 1, Given.NothingPending, Alice, TimeZoneInfo.Utc);

        Assert.IsType<MessageListRow.NewDivider>(rows[2]);
        Assert.True(Assert.IsType<MessageListRow.Logged>(rows[3]).StartsGroup);
    }

    [Fact]
    public void A_kind_that_is_not_known_shows_nothing()
    {
        var rows = Rows(Given.Log(Given.Said(1, Given.Bob, Given.Noon), Given.Said(2, Given.Bob, Given.Noon, kind: "reaction"), Given.Said(3, Given.Bob, Given.Noon)));

        Assert.Equal([1, 3], rows.OfType<MessageListRow.Logged>().Select(row => row.Message.Number));
    }

    [Fact]
    public void What_is_on_its_way_joins_its_author_s_group()
    {
        var log = Given.Log(Given.Said(1, Given.Alice, Given.Noon));
        var pending = new PendingMessage("n1", Given.General, MessageKind.Message, "on its way", Given.Noon.AddMinutes(1));

        var rows = MessageListRows.Build(log, new LogWindow(1, 1, IsLive: true), null, [pending], Alice, TimeZoneInfo.Utc);

        Assert.Equal(new MessageListRow.Pending(pending, StartsGroup: false), rows[^1]);
    }

    [Fact]
    public void One_s_own_changes_show_before_the_server_tells_of_them()
    {
        var log = Given.Log(Given.Said(1, Given.Alice, Given.Noon), Given.Said(2, Given.Alice, Given.Noon), Given.Said(3, Given.Bob, Given.Noon));
        ImmutableArray<OutboxEntry> outbox =
        [
            Change(1, ChangeKind.Edit, "better words"),
            Change(2, ChangeKind.Delete, ""),
            Change(3, ChangeKind.AddReaction, "👍"),
            Change(3, ChangeKind.AddReaction, "👍"),
        ];

        var rows = MessageListRows.Build(log, new LogWindow(1, 3, IsLive: true), null, outbox, Alice, TimeZoneInfo.Utc)
            .OfType<MessageListRow.Logged>().ToList();

        Assert.Equal([1, 3], rows.Select(row => row.Message.Number));
        Assert.Equal("better words", rows[0].Message.Content);
        Assert.NotNull(rows[0].Message.EditedAt);
        Assert.Equal([new Reaction("👍", 1, IsMine: true)], rows[1].Message.Reactions.All);
    }

    [Fact]
    public void A_change_that_was_refused_shows_what_stands_and_why()
    {
        var log = Given.Log(Given.Said(1, Given.Alice, Given.Noon));
        var refused = Change(1, ChangeKind.Edit, "better words") with { State = PendingState.Failed, Failure = "Not now." };

        var row = Assert.Single(
            MessageListRows.Build(log, new LogWindow(1, 1, IsLive: true), null, [refused], Alice, TimeZoneInfo.Utc).OfType<MessageListRow.Logged>());

        Assert.Equal("text 1", row.Message.Content);
        Assert.Equal(refused, row.Failed);
    }

    [Fact]
    public void A_reply_starts_a_group_and_bears_what_it_answers()
    {
        var quoted = new QuotedMessage(new MessageId(1), 1, Given.Bob, "bob", "text 1");
        var log = Given.Log(Given.Said(1, Given.Bob, Given.Noon), Given.Said(2, Given.Bob, Given.Noon) with { ReplyTo = quoted });

        var rows = Rows(log).OfType<MessageListRow.Logged>().ToList();

        Assert.True(rows[1].StartsGroup);
        Assert.Equal("text 1", rows[1].Quoted?.Content);
    }

    private static PendingChange Change(long message, ChangeKind kind, string text) =>
        new($"n{message}", Given.General, new MessageId(message), kind, text, Given.Noon.AddMinutes(10));

    private static IReadOnlyList<MessageListRow> Rows(RoomLog log) =>
        MessageListRows.Build(log, new LogWindow(1, log.LastNumber, IsLive: true), null, Given.NothingPending, Alice, TimeZoneInfo.Utc);
}
