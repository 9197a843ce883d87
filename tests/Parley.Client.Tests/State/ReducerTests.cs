using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.State;

public sealed class ReducerTests
{
    // One of each that the state is folded from; each changes a state that has three events, none of them held, and one message on its way.
    private static readonly ServerMessage[] Folded =
    [
        Given.Ready(last: 5), Given.Live(4), Given.Page(1, 3, 3), new Ack(Given.General, 4, new MessageId(9), DateTimeOffset.UnixEpoch, "n"),
        new ChannelCreated(new ChannelEntry(new ChannelId(7), "music", "")), new ChannelUpdated(new ChannelEntry(Given.General, "hall", "")),
        new ChannelRemoved(Given.General), new ChannelList([new ChannelEntry(new ChannelId(8), "board", "")]),
        new ConversationOpened(new ConversationState(new ChannelId(9), new SelfState(new UserId(3), "carol"), 0, 0, 0)),
        new ConversationPage([new ConversationState(new ChannelId(9), new SelfState(new UserId(3), "carol"), 0, 0, 0)], null),
        new ReadMoved(Given.General, 2, 1), new ServerChanged("Ours", null),
    ];

    [Fact]
    public void The_first_snapshot_says_all_there_is()
    {
        var state = Given.State(last: 120, read: 118, unread: 2);

        Assert.Equal("e1", state.Epoch);
        Assert.Equal("me", state.User?.Username);
        Assert.Equal("general", Assert.Single(state.Channels).Name);
        Assert.Equal("bob", Assert.Single(state.Conversations).WithUsername);
        Assert.Equal(120, state.LogOf(Given.General).LastNumber);
        Assert.Equal(new(118, 2), state.ReadPositionOf(Given.General));
    }

    [Fact]
    public void A_snapshot_of_the_same_data_keeps_the_events_that_are_held()
    {
        var state = Given.State(last: 3).After(Given.Page(1, 3, 3), Given.Ready(last: 5, unread: 5));

        Assert.Equal(3, state.LogOf(Given.General).HeldCount);
        Assert.Equal(5, state.LogOf(Given.General).LastNumber);
        Assert.Null(state.LogOf(Given.General).LatestRun);
        Assert.Equal(5, state.ReadPositionOf(Given.General).Unread);
    }

    [Fact]
    public void A_snapshot_of_other_data_drops_what_is_held()
    {
        var state = Given.State(last: 3).After(Given.Page(1, 3, 3), Given.Ready(last: 5, epoch: "e2"));

        Assert.Equal("e2", state.Epoch);
        Assert.Equal(0, state.LogOf(Given.General).HeldCount);
    }

    [Fact]
    public void A_channel_that_the_snapshot_lacks_is_gone_with_its_log()
    {
        var created = new ChannelCreated(new ChannelEntry(new ChannelId(7), "music", ""));

        var state = Given.State().After(created, Given.Ready());

        Assert.DoesNotContain(state.Channels, c => c.Name == "music");
        Assert.False(state.Logs.ContainsKey(new ChannelId(7)));
    }

    [Fact]
    public void A_channel_is_renamed_removed_and_shown_again_with_all_that_was_said_before_as_read()
    {
        var id = new ChannelId(7);
        var created = Given.State().After(new ChannelCreated(new ChannelEntry(id, "music", "")));

        var renamed = created.After(new ChannelUpdated(new ChannelEntry(id, "a-tunes", "new")));
        var removed = renamed.After(new ChannelRemoved(id));
        var shown = removed.After(new ChannelCreated(new ChannelEntry(id, "a-tunes", "new", LastNumber: 12)));

        Assert.Equal(["a-tunes", "general"], renamed.Channels.Select(c => c.Name));
        Assert.Equal(["general"], removed.Channels.Select(c => c.Name));
        Assert.False(removed.Logs.ContainsKey(id) || removed.ReadPositions.ContainsKey(id));
        Assert.Equal((12, new(12, 0)), (shown.LogOf(id).LastNumber, shown.ReadPositionOf(id)));
        Assert.Same(removed, removed.After(new ChannelRemoved(id)));
        Assert.Same(removed, removed.After(new ChannelUpdated(new ChannelEntry(id, "music", ""))));
    }

    [Fact]
    public void A_channel_that_appears_for_its_member_says_what_they_have_read_of_it()
    {
        var id = new ChannelId(7);

        var state = Given.State().After(new ChannelCreated(new ChannelEntry(id, "board", "", LastNumber: 12, ReadNumber: 9, Unread: 3, Mentions: 1)));

        Assert.Equal((12, new(9, 3, 1)), (state.LogOf(id).LastNumber, state.ReadPositionOf(id)));
    }

    [Fact]
    public void The_servers_name_and_owner_are_what_was_said_last()
    {
        var state = Given.State().After(Given.Ready() with { Name = "Ours", OwnerId = new UserId(1) });

        Assert.Equal(("Ours", new UserId(1)), (state.ServerName, state.OwnerId));
        Assert.Equal((null, new UserId(2)), (state.After(new ServerChanged(null, new UserId(2))) is var changed ? changed.ServerName : "", changed.OwnerId));
        Assert.Null(state.After(Given.Ready()).ServerName);
    }

    [Fact]
    public void What_a_snapshot_tells_again_is_the_same_object_so_that_no_view_draws_for_nothing()
    {
        var state = Given.State(last: 3, read: 3).After(Given.Page(1, 3, 3));

        var again = state.After(Given.Ready(last: 3, read: 3));

        Assert.True(state.Channels == again.Channels && state.Conversations == again.Conversations);
        Assert.Same(state.Logs, again.Logs);
        Assert.Same(state.ReadPositions, again.ReadPositions);
    }

    [Fact]
    public void Answers_change_nothing()
    {
        var state = Given.State();

        Assert.Same(state, state.After(new Done(), new Pong(), new ErrorMessage("x", "y"), new Welcome(2, "s"), new SystemMessage("z")));
    }

    [Fact]
    public void The_connection_status_outlives_every_snapshot()
    {
        var state = Given.State() with { Connection = new ConnectionStatus.Connected("s") };

        Assert.Equal(state.Connection, state.After(Given.Ready(epoch: "e2")).Connection);
    }

    [Fact]
    public void Every_message_that_is_folded_changes_the_state()
    {
        var message = new PendingMessage("n", Given.General, MessageKind.Message, "hi", DateTimeOffset.UnixEpoch);
        var state = OutboxReducer.Add(Given.State(last: 3), message);

        Assert.All(Folded, folded => Assert.NotSame(state, state.After(folded)));
    }

    [Fact]
    public void Every_message_of_a_server_has_a_reducer_or_is_known_to_change_nothing()
    {
        var folded = Folded.Select(message => message.GetType());
        Type[] beside = [typeof(PresenceChanged), typeof(MemberPage)];
        Type[] answers =
        [
            typeof(Welcome), typeof(AuthResult), typeof(MemberProfile), typeof(SessionList), typeof(ReactionUsers), typeof(Done), typeof(Pong),
            typeof(ErrorMessage), typeof(Closing), typeof(SystemMessage),
        ];
        Type[] level1 = [typeof(ChannelJoined), typeof(UserJoined), typeof(UserLeft), typeof(UserList), typeof(StatusChanged),
            typeof(MessageSaid), typeof(ActionSaid), typeof(PrivateMessage)];

        var all = typeof(ServerMessage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ServerMessage)));

        Assert.Equal(all.Select(t => t.Name).Order(), folded.Concat(beside).Concat(answers).Concat(level1).Select(t => t.Name).Order());
    }
}
