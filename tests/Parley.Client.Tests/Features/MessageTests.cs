using Parley.Client.Features.Messages;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

/// <summary>What changes messages, folded into them wherever they are held.</summary>
public sealed class MessageTests
{
    [Fact]
    public void An_edit_gives_a_message_its_new_words_and_whom_it_means()
    {
        var state = Given.State().After(Given.Live(1), Edit(2, of: 1, "@me, new", UserIds.Of(Given.Me)));

        var message = At(state, 1);
        Assert.Equal(("@me, new", 2L, 2L), (message.Content, message.Edited, message.Changed));
        Assert.Equal(new(0, 1, 1), state.ReadPositionOf(Given.General));
        Assert.Equal((2, 1), (state.LogOf(Given.General).LastNumber, state.LogOf(Given.General).InMemory));
    }

    [Fact]
    public void A_deletion_leaves_a_place_without_words_that_goes_on_counting()
    {
        var state = Given.State().After(Given.Live(1), Reaction(2, of: 1, "👍"), Change(3, EventKind.Delete, of: 1), Edit(4, of: 1, "too late"));

        var message = At(state, 1);
        Assert.Equal(("", true, 4L), (message.Content, message.IsDeleted, message.Changed));
        Assert.Empty(message.Reactions.All);
        Assert.Equal(1, state.ReadPositionOf(Given.General).Unread);
    }

    [Fact]
    public void Reactions_are_counted_by_emoji_and_one_s_own_stand_out()
    {
        var state = Given.State().After(
            Given.Live(1), Reaction(2, of: 1, "🎉"), Reaction(3, of: 1, "👍"), Reaction(4, of: 1, "👍", Given.Me), Reaction(5, of: 1, "🎉", kind: EventKind.ReactionRemove));

        Assert.Equal([new Reaction("👍", 2, IsMine: true)], At(state, 1).Reactions.All);
        Assert.Equal([new Reaction("👍", 1, IsMine: false)], At(state.After(Reaction(6, of: 1, "👍", Given.Me, EventKind.ReactionRemove)), 1).Reactions.All);
    }

    [Fact]
    public void An_event_that_a_page_told_already_counts_once()
    {
        var page = Given.Page(1, 1, 3) with { AsOf = 3, Events = [Given.Event(1) with { Changed = 3, Reactions = [new ReactionCount("👍", 2, Me: false)] }] };

        var state = Given.State().After(page, Reaction(2, of: 1, "👍"), Reaction(3, of: 1, "👍"), Reaction(4, of: 1, "👍"));

        Assert.Equal([new Reaction("👍", 3, IsMine: false)], At(state, 1).Reactions.All);
    }

    [Fact]
    public void A_page_that_was_read_before_a_change_and_arrives_after_it_comes_out_right()
    {
        var early = Given.Page(1, 3, 3) with { AsOf = 3 };
        var state = Given.State(last: 3).After(Edit(4, of: 2, "new"), Reaction(5, of: 2, "👍"), Change(6, EventKind.Delete, of: 3), early);

        Assert.Equal(["text 1", "new", ""], state.LogOf(Given.General).InOrder.Select(m => m.Content));
        Assert.Equal([new Reaction("👍", 1, IsMine: false)], At(state, 2).Reactions.All);
    }

    [Fact]
    public void A_page_from_before_what_is_known_of_changes_is_not_taken()
    {
        var state = Given.State(last: 9).After(Given.Page(1, 3, 9) with { AsOf = 8 });

        Assert.Equal(0, state.LogOf(Given.General).HeldCount);
    }

    [Fact]
    public void What_a_reply_quotes_follows_what_is_quoted_and_the_reply_is_not_touched()
    {
        var reply = Given.Event(9) with { ReplyTo = new QuotedMessage(Given.Event(2).MessageId, 2, Given.Bob, "bob", "text 2") };
        var state = Given.State(last: 8).After(new EventPushed(Given.General, reply, null));
        Assert.Equal("text 2", Quote(state, reply)?.Content);

        var edited = state.After(Edit(10, of: 2, new string('x', 300)));
        Assert.Equal(new string('x', 100), Quote(edited, reply)?.Content);
        Assert.Equal(9, At(edited, 9).Changed);

        var loaded = edited.After(Given.Page(1, 2, 10) with { AsOf = 9 });
        Assert.Equal((new string('x', 300), false), (Quote(loaded, reply)!.Content, Quote(loaded, reply)!.IsQuote));
        Assert.True(Quote(loaded.After(Change(11, EventKind.Delete, of: 2)), reply)?.IsDeleted);
    }

    [Fact]
    public void An_excerpt_cuts_no_sign_in_half() =>
        Assert.Equal(new string('x', 99) + "👋", (Message.FromWire(Given.Event(1)) with { Content = new string('x', 99) + "👋👋" }).AsQuote().Content);

    [Fact]
    public void A_change_of_what_is_not_held_takes_its_number_and_no_row()
    {
        var state = Given.State(last: 500).After(Edit(501, of: 7, "nobody looks"), Reaction(502, of: 7, "👍"));

        Assert.Equal((502, 0), (state.LogOf(Given.General).LastNumber, state.LogOf(Given.General).InMemory));
        Assert.Equal(502, state.LogOf(Given.General).AsOf);
    }

    [Fact]
    public void A_page_of_the_mirror_is_true_until_something_is_changed_and_not_only_said()
    {
        var read = new MirrorPage(new LogUpdate(Given.General), Given.State().LogOf(Given.General).Revision);

        var said = Given.State().After(Given.Live(1));
        Assert.True(MessagesReducer.IsCurrent(said, read));
        Assert.False(MessagesReducer.IsCurrent(said.After(Edit(2, of: 1, "new")), read));
        Assert.False(MessagesReducer.IsCurrent(said.After(Given.Page(1, 2, 2)), read));
    }

    private static Message At(ChatState state, long number) => state.LogOf(Given.General).At(number)!;

    private static Message? Quote(ChatState state, ChannelEvent reply) => state.LogOf(Given.General).Messages.GetValueOrDefault(reply.ReplyTo!.MessageId);

    private static EventPushed Edit(long number, long of, string content, UserIds? mentions = null) =>
        new(Given.General, Given.Event(number, content: content, kind: EventKind.Edit) with
        {
            MessageId = Given.Event(of).MessageId, Mentions = mentions, NewMentions = mentions,
        }, null);

    private static EventPushed Reaction(long number, long of, string emoji, UserId? by = null, string kind = EventKind.ReactionAdd) =>
        new(Given.General, Given.Event(number, by, "", kind) with { MessageId = Given.Event(of).MessageId, Emoji = emoji }, null);

    private static EventPushed Change(long number, string kind, long of) =>
        new(Given.General, Given.Event(number, content: "", kind: kind) with { MessageId = Given.Event(of).MessageId }, null);
}
