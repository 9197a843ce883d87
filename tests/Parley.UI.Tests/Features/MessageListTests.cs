using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Features;

public sealed class MessageListTests
{
    [Fact]
    public async Task A_message_that_means_me_stands_out()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1), Given.Mention(2));

        var list = Render(ui);

        Assert.Equal(["2"], list.FindAll(".message--mention").Select(row => row.GetAttribute("data-number")));
    }

    [Fact]
    public async Task Each_message_is_an_article_in_the_log()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 3, read: 3), Given.Page(1, 3, 3));

        var list = Render(ui);

        Assert.Equal("Messages", list.Find("[role=log]").GetAttribute("aria-label"));
        Assert.Equal(["text 1", "text 2", "text 3"], list.FindAll("article .text").Select(text => text.TextContent.Trim()));
    }

    [Fact]
    public async Task An_article_reads_as_author_then_text_then_time()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 1, read: 1), Given.Page(1, 1, 1));

        var article = Render(ui).Find("article");

        var words = article.TextContent;
        Assert.True(words.IndexOf("bob", StringComparison.Ordinal) < words.IndexOf("text 1", StringComparison.Ordinal));
        Assert.True(words.IndexOf("text 1", StringComparison.Ordinal) < words.IndexOf("12:00", StringComparison.Ordinal));
    }

    // A parent that is drawn in the same moment must not swallow the change.
    [Fact]
    public async Task A_message_appears_although_the_screen_around_the_list_is_drawn_as_well()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();

        for (var number = 1; number <= 20; number++)
        {
            ui.Hear(Given.Live(number), Given.Live(number, channel: Given.Music));
            screen.Render();
        }

        ui.Time.Advance(TimeSpan.FromSeconds(1));
        screen.WaitForAssertion(() => Assert.Equal(20, screen.FindAll("article").Count));
    }

    [Fact]
    public async Task What_was_seen_at_the_present_in_front_is_read()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 0, unread: 2), Given.Page(1, 2, 2));
        var list = Render(ui);
        Assert.Equal(0, ui.Client.Store.State.ReadPositionOf(Given.General).Number);

        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));

        Assert.Equal(2, ui.Client.Store.State.ReadPositionOf(Given.General).Number);
    }

    [Fact]
    public async Task An_edit_that_means_the_reader_is_read_where_it_is_seen_and_a_reaction_is_not_told()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1), Given.Live(2));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        var reaction = Given.Said(3, Given.Bob, Given.Noon, "", EventKind.ReactionAdd) with { MessageId = new MessageId(1), Emoji = "👍" };
        ui.Hear(new EventPushed(Given.General, reaction, null));
        Assert.Equal(2, ui.Client.Store.State.ReadPositionOf(Given.General).Number);

        ui.Time.Advance(TimeSpan.FromSeconds(1)); // Past the pace of drawing.
        var edit = Given.Said(4, Given.Bob, Given.Noon, "@alice", EventKind.Edit) with
        {
            MessageId = new MessageId(1), Mentions = UserIds.Of(Given.Alice), NewMentions = UserIds.Of(Given.Alice),
        };
        ui.Hear(new EventPushed(Given.General, edit, null));

        // Reading draws nothing anew, so the state is asked.
        await Eventually.TrueAsync(() => ui.Client.Store.State.ReadPositionOf(Given.General) == new ReadPosition(4, 0), "the edit to be read");
    }

    [Fact]
    public async Task While_nobody_is_there_nothing_is_read_and_the_first_touch_reads_it()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 2), Given.Page(1, 2, 2));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        list.Instance.Idle.Report(this, isIdle: true);

        ui.Hear(Given.Live(3), Given.Live(4));
        ui.Time.Advance(TimeSpan.FromSeconds(1));

        list.WaitForAssertion(() => Assert.Equal(4, list.FindAll("article").Count));
        Assert.Equal(2, ui.Client.Store.State.ReadPositionOf(Given.General).Number);
        list.Instance.Idle.Report(this, isIdle: false);
        list.WaitForAssertion(() => Assert.Equal(4, ui.Client.Store.State.ReadPositionOf(Given.General).Number));
    }

    [Fact]
    public async Task What_comes_while_the_window_is_behind_another_stands_below_a_line()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 2), Given.Page(1, 2, 2));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        ui.Hear(Given.Live(3));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        list.WaitForAssertion(() => Assert.Equal(3, list.FindAll("article").Count));
        Assert.Empty(list.FindAll(".messages__new"));

        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: false));
        ui.Hear(Given.Live(4), Given.Live(5));
        ui.Time.Advance(TimeSpan.FromSeconds(1));

        list.WaitForAssertion(() => Assert.Equal("4", list.Find(".messages__new ~ article").GetAttribute("data-number")));
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        ui.Hear(Given.Live(6)); // What is read as it comes moves no line.
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        list.WaitForAssertion(() => Assert.Equal(6, list.FindAll("article").Count));
        Assert.Equal("4", list.Find(".messages__new ~ article").GetAttribute("data-number"));
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: false));
        ui.Hear(Given.Live(7));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        list.WaitForAssertion(() => Assert.Equal("7", list.Find(".messages__new ~ article").GetAttribute("data-number")));
    }

    [Fact]
    public async Task Ones_own_words_are_never_new()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 2), Given.Page(1, 2, 2));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        await list.InvokeAsync(() => list.Instance.OnScrolled(1, 10));

        ui.Hear(Given.Live(3, Given.Alice));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        list.WaitForAssertion(() => Assert.Equal(3, list.FindAll("article").Count));
        Assert.Empty(list.FindAll(".messages__jump-count"));
        ui.Hear(Given.Live(4));
        ui.Time.Advance(TimeSpan.FromSeconds(1));

        list.WaitForAssertion(() => Assert.Equal("1 new", list.Find(".messages__jump-count").TextContent));
    }

    [Fact]
    public async Task At_midnight_today_becomes_yesterday_though_nobody_says_a_word()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 1, read: 1), Given.Page(1, 1, 1));
        var list = Render(ui);
        Assert.Equal("Today", list.Find(".day").TextContent.Trim());

        for (var hour = 0; hour < 13; hour++)
            ui.Time.Advance(TimeSpan.FromHours(1));

        list.WaitForAssertion(() => Assert.Equal("Yesterday", list.Find(".day").TextContent.Trim()));
        Assert.StartsWith("Yesterday at", list.Find("time").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_busy_only_while_it_loads()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 2), Given.Page(1, 2, 2));

        var list = Render(ui);

        list.WaitForAssertion(() => Assert.Null(list.Find("[role=log]").GetAttribute("aria-busy")));
    }

    [Fact]
    public async Task A_reader_who_scrolled_up_reads_nothing_by_accident_and_can_jump_back()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 2, read: 2), Given.Page(1, 2, 2));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnWindowFocusChanged(hasFocus: true));
        await list.InvokeAsync(() => list.Instance.OnScrolled(1, 10));

        ui.Hear(Given.Live(3));

        list.WaitForAssertion(() => Assert.Contains("1 new", list.Find(".messages__jump").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, ui.Client.Store.State.ReadPositionOf(Given.General).Number);

        await list.Find(".messages__jump").ClickAsync(new());

        Assert.Empty(list.FindAll(".messages__jump"));
        Assert.Equal(3, ui.Client.Store.State.ReadPositionOf(Given.General).Number);
        ui.List.VerifyInvoke("toPresent");
    }

    [Fact]
    public async Task A_message_that_failed_offers_to_try_again_and_to_delete()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var failed = new PendingMessage("n", Given.General, MessageKind.Message, "too fast", Given.Noon, PendingState.Failed, Failure: "Slow down!");
        ui.Change(state => state with { Outbox = state.Outbox.Add(Given.General, [failed]) });

        var list = Render(ui);

        Assert.Contains("Slow down!", list.Find("article [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Try again", "Delete"], list.FindAll("article [role=alert] button").Select(button => button.TextContent.Trim()));
        var asked = 0;
        ui.Ui.ComposerFocusRequested += () => asked++;
        await list.Find("article [role=alert] button").ClickAsync(new());
        Assert.Equal(1, asked); // What had the focus is gone.
    }

    [Fact]
    public async Task A_clock_that_goes_back_over_midnight_breaks_nothing()
    {
        await using var ui = new UiContext();
        var midnight = new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);
        ui.Hear(Given.Ready(), new EventPushed(Given.General, Given.Said(1, Given.Bob, midnight.AddMinutes(-2)), null));
        var list = Render(ui);

        ui.Hear(new EventPushed(Given.General, Given.Said(2, Given.Bob, midnight.AddMinutes(1)), null));
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("article").Count));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        ui.Hear(new EventPushed(Given.General, Given.Said(3, Given.Bob, midnight.AddMinutes(-1)), null));

        list.WaitForAssertion(() => Assert.Equal(["Yesterday", "Today", "Yesterday"], list.FindAll(".day").Select(day => day.TextContent.Trim())));
    }

    [Fact]
    public async Task A_time_of_today_is_one_of_yesterday_the_day_after()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1));
        var list = Render(ui);
        Assert.StartsWith("Today at", list.Find("time").TextContent, StringComparison.Ordinal);

        ui.Hear(Given.Live(2));
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("article").Count));
        ui.Time.Advance(TimeSpan.FromDays(1));
        ui.Hear(Given.Live(3));

        list.WaitForAssertion(() => Assert.StartsWith("Yesterday at", list.Find("time").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_beginning_is_one_press_away()
    {
        await using var ui = new UiContext();
        ui.List.SetupVoid("toNumber", _ => true).SetVoidResult();
        ui.Hear(Given.Ready(last: 200, read: 200), Given.Page(1, 200, 200));
        var list = Render(ui);
        Assert.DoesNotContain("text 1", list.FindAll("article .text").Select(text => text.TextContent.Trim()));

        await list.InvokeAsync(list.Instance.OpenJump);
        await list.FindAll(".jump button").Single(button => button.TextContent == "The beginning").ClickAsync(new());

        Assert.Equal("text 1", list.Find("article .text").TextContent.Trim());
        Assert.Equal(1L, ui.List.VerifyInvoke("toNumber").Arguments[1]);
        Assert.Empty(list.FindAll(".jump"));

        await list.Find(".day button").ClickAsync(new()); // A day's line asks the same.
        Assert.NotEmpty(list.FindAll(".jump"));
    }

    [Fact]
    public async Task A_day_that_the_server_does_not_look_for_now_leaves_the_reader_where_they_are_and_says_why()
    {
        await using var server = new ObligingServer { Refuses = "history" };
        await using var ui = await UiContext.ConnectAsync(server);
        ui.Hear(Given.Ready(last: 200, read: 200), Given.Page(1, 200, 200));
        var list = Render(ui);
        await list.InvokeAsync(list.Instance.OpenJump);

        await list.FindAll(".jump button").Single(button => button.TextContent == "Yesterday").ClickAsync(new());

        list.WaitForAssertion(() => Assert.Equal("Try again later.", list.Find(".jump [role=alert]").TextContent));
        ui.List.VerifyNotInvoke("toPresent");
    }

    [Fact]
    public async Task What_is_new_when_the_channel_is_opened_stands_under_a_line()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 3, read: 1, unread: 2), Given.Page(1, 3, 3));

        var list = Render(ui);

        Assert.Equal("text 2", list.Find(".messages__new + article .text").TextContent.Trim());
    }

    [Fact]
    public async Task What_is_being_read_stays_however_much_is_said_and_so_does_the_place_that_was_left()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 600, read: 600), Given.Page(1, 600, 600));
        var list = Render(ui);
        await list.InvokeAsync(() => list.Instance.OnScrolled(560, 10));
        for (var i = 0; i < 18; i++)
            Assert.True(await list.InvokeAsync(list.Instance.ShowOlderAsync));
        await list.InvokeAsync(() => list.Instance.OnScrolled(200, 7.5));
        var shown = Shown(list);

        Say(601, 1_500);

        list.WaitForAssertion(() => Assert.Contains("900 new", list.Find(".messages__jump").TextContent, StringComparison.Ordinal));
        Assert.Equal(shown, Shown(list));
        Assert.InRange(ui.Client.Store.State.LogOf(Given.General).InMemory, 400, 1_000);

        await ui.LeaveAsync();
        Say(1_501, 3_000);
        var again = Render(ui);

        Assert.Contains("200", Shown(again));
        Assert.Equal([200L, 7.5], ui.List.Invocations["attach"][^1].Arguments.Skip(4));

        ui.Ui.SaveScrollPosition(Given.General, null);
        await ui.LeaveAsync();
        Say(3_001, 4_000);
        Assert.InRange(ui.Client.Store.State.LogOf(Given.General).Runs[0].First, 3_000, 4_000);

        void Say(int first, int last)
        {
            ui.Hear([.. Enumerable.Range(first, last - first + 1).Select(number => Given.Live(number))]);
            ui.Time.Advance(TimeSpan.FromSeconds(1)); // The next frame.
        }

        string?[] Shown(IRenderedComponent<MessageList> rendered) => [.. rendered.FindAll("article").Select(row => row.GetAttribute("data-number"))];
    }

    private static IRenderedComponent<MessageList> Render(UiContext ui) => ui.Render<MessageList>(parameters => parameters.Add(list => list.Id, Given.General));
}
