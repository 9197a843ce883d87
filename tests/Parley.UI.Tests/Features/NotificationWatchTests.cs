using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class NotificationWatchTests : IAsyncLifetime
{
    private readonly MemoryProfile _profile = new();
    private readonly ToldNotifier _notifier = new();
    private readonly AccountList _accounts;
    private readonly ChatClient _client = new(new ServerAddress("127.0.0.1", 1), NativeClientOptions.Create());
    private readonly NotificationWatch _watch;
    private readonly NotificationStore _notifications;
    private readonly DraftStore _drafts;

    public NotificationWatchTests()
    {
        _profile.SaveServers([new ServerAddress("127.0.0.1", 2), _client.Server]);
        var options = NativeClientOptions.Create() with { Time = new FakeTimeProvider() };
        _notifications = new NotificationStore(_profile, options);
        _drafts = new DraftStore(_profile, options);
        _accounts = new AccountList(_profile, options, _drafts, _notifications);
        _watch = new NotificationWatch(_accounts, _notifier, _profile, _notifications, NullLogger<NotificationWatch>.Instance);
    }

    public ValueTask InitializeAsync()
    {
        _accounts.All[1].ReplaceClient(_client, notice: null);
        Hear(Given.Ready());
        _client.Store.Update(state => state with { Connection = new ConnectionStatus.Connected("server") });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _notifications.Dispose();
        _drafts.Dispose();
        await _accounts.DisposeAsync();
    }

    [Fact]
    public void A_long_text_is_cut_and_no_sign_in_half()
    {
        Hear(Given.Live(1, content: new string('x', 239) + "😀😀"));

        Assert.Equal(new string('x', 239) + "…", Assert.Single(_notifier.Told).Text);
    }

    [Fact]
    public void What_is_said_where_nobody_looks_is_told_under_the_conversation_s_own_key()
    {
        Hear(Given.Live(1, content: "hello"), Given.Live(1, channel: Given.WithBob, content: "psst"));

        Assert.Equal([("127.0.0.1:1 1", "bob (#general, 127.0.0.1:1)", "hello"), ("127.0.0.1:1 3", "bob (127.0.0.1:1)", "psst")], _notifier.Told);
    }

    [Fact]
    public void One_s_own_words_and_the_conversation_in_view_are_not_told()
    {
        _watch.Watch(this, _client, Given.General);

        Hear(Given.Live(1), Given.Live(1, Given.Alice, Given.Music));

        Assert.Empty(_notifier.Told);
    }

    [Fact]
    public void What_was_missed_is_history_and_no_news()
    {
        Hear(Given.Ready(last: 40, read: 3, unread: 37), Given.Page(1, 40, 40));

        Assert.Empty(_notifier.Told);
    }

    [Fact]
    public void What_comes_right_behind_the_snapshot_is_news_and_told_once()
    {
        _client.Store.Update(state => state with { Connection = new ConnectionStatus.Connecting() });

        Hear(Given.Ready(last: 3, unread: 3), Given.Live(4));
        _client.Store.Update(state => state with { Connection = new ConnectionStatus.Connected("server") });
        Hear(Given.Page(1, 3, 4));

        Assert.Equal(["text 4"], _notifier.Told.Select(told => told.Text));
    }

    [Fact]
    public void Each_message_is_judged_however_many_come_at_once()
    {
        _profile.SavePreferences(new Preferences { Notify = NotifyLevel.Mentions });

        _client.Store.Update(state => new Parley.Protocol.Wire.ServerMessage[] { Given.Live(1), Given.Mention(2), Given.Live(3), Given.Live(4) }.Aggregate(state, Parley.Client.State.Reducer.Apply));
        _client.UntilTold();

        Assert.Equal(["@alice, look"], _notifier.Told.Select(told => told.Text));
    }

    [Fact]
    public void The_first_words_after_a_login_are_news()
    {
        var other = new ChatClient(_accounts.All[0].Server, NativeClientOptions.Create());
        Hear(other, Given.Ready(last: 3, unread: 3));
        _accounts.All[0].ReplaceClient(other, notice: null);

        Hear(other, Given.Live(4));

        Assert.Equal(["text 4"], _notifier.Told.Select(told => told.Text));
    }

    [Fact]
    public void A_notification_goes_when_its_conversation_was_read_elsewhere()
    {
        Hear(Given.Live(1));

        Hear(new ReadMoved(Given.General, 1, 0));

        Assert.Equal(["127.0.0.1:1 1"], _notifier.Withdrawn);
    }

    [Fact]
    public void A_notification_goes_when_its_message_was_deleted()
    {
        Hear(Given.Live(1, content: "oops"));
        Assert.Single(_notifier.Told);

        Hear(new EventPushed(Given.General, Given.Said(2, Given.Bob, Given.Noon, "", EventKind.Delete) with { MessageId = new MessageId(1) }, null));

        Assert.Equal(["127.0.0.1:1 1"], _notifier.Withdrawn);
        Assert.Single(_notifier.Told);
    }

    [Fact]
    public void A_notification_goes_when_what_it_told_was_read_though_not_what_came_after()
    {
        _notifications.Save(_client, Given.General, new RoomNotifications(NotifyLevel.Mentions));
        Hear(Given.Mention(1), Given.Live(2));

        Hear(new ReadMoved(Given.General, 1, 1));

        Assert.Equal(["127.0.0.1:1 1"], _notifier.Withdrawn);
    }

    [Fact]
    public void The_general_setting_and_the_rooms_own_decide_what_is_told()
    {
        _profile.SavePreferences(new Preferences { Notify = NotifyLevel.Mentions });
        _notifications.Save(_client, Given.Music, new RoomNotifications(NotifyLevel.All));

        Hear(Given.Live(1), Given.Mention(2), Given.Live(1, channel: Given.Music));

        Assert.Equal(2, _notifier.Told.Count);
    }

    [Fact]
    public void A_muted_conversation_is_quiet()
    {
        _notifications.Mute(_client, Given.WithBob, time: null);

        Hear(Given.Live(1, channel: Given.WithBob));

        Assert.Empty(_notifier.Told);
    }

    [Fact]
    public void Who_does_not_want_to_be_disturbed_is_not()
    {
        Hear(new PresenceChanged([new MemberState(Given.Alice, "alice", MemberStatus.DoNotDisturb)]));

        Hear(Given.Mention(1), Given.Live(1, channel: Given.WithBob));

        Assert.Empty(_notifier.Told);
    }

    [Fact]
    public void A_notification_reveals_no_spoiler()
    {
        Hear(Given.Live(1, content: "it was ||the\nbutler||, not ||Ann||!"));

        Assert.Equal(["it was ▒▒▒, not ▒▒▒!"], _notifier.Told.Select(told => told.Text));
    }

    [Fact]
    public void A_click_opens_the_conversation_on_its_server()
    {
        List<(Account, Parley.Protocol.Wire.ChannelId)> opened = [];
        _watch.Opened += (account, id) => opened.Add((account, id));

        _notifier.Click("127.0.0.1:1 3");
        _notifier.Click("127.0.0.1:3 3");
        _notifier.Click("test");

        Assert.Equal([(_accounts.All[1], Given.WithBob)], opened);
    }

    [Fact]
    public async Task Each_account_has_conversations_of_its_own()
    {
        var other = new ChatClient(_accounts.All[0].Server, NativeClientOptions.Create());
        _accounts.All[0].ReplaceClient(other, notice: null);
        _watch.Watch(this, _client, Given.General);
        Hear(other, Given.Ready());
        other.Store.Update(state => state with { Connection = new ConnectionStatus.Connected("server") });

        Hear(Given.Live(1));
        Hear(other, Given.Live(1));
        await _accounts.RemoveAsync(_accounts.All[0], Xunit.TestContext.Current.CancellationToken);
        Hear(other, Given.Live(2));

        Assert.Equal(["127.0.0.1:2 1"], _notifier.Told.Select(told => told.Key));
        Assert.Equal(["127.0.0.1:2 1"], _notifier.Withdrawn);
    }

    private void Hear(params Parley.Protocol.Wire.ServerMessage[] messages) => Hear(_client, messages);

    private static void Hear(ChatClient client, params Parley.Protocol.Wire.ServerMessage[] messages)
    {
        foreach (var message in messages)
        {
            client.Receive(message);
            client.UntilTold();
        }
    }
}
