using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Mentions, and the desktop's notifications over a real session bus.</summary>
public sealed class NotificationTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task A_mention_counts_stands_out_and_is_gone_when_it_was_read()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await Expect(Person.Link(alice.Channels, "music")).ToBeVisibleAsync();

        await SayAsync(bob, "music", "nobody in particular");
        await Expect(alice.Entry(alice.Channels, "music")).ToContainTextAsync("1 unread");
        await Expect(alice.Page).ToHaveTitleAsync("• #general · Parley");
        await SayAsync(bob, "music", "@Alice, have you heard **@bob**?");

        await Expect(alice.Entry(alice.Channels, "music")).ToContainTextAsync("2 unread, 1 mentioning you");
        await Expect(alice.Page).ToHaveTitleAsync("(1) #general · Parley");

        await alice.OpenChannelAsync("music");

        await Expect(alice.Said("have you heard").Locator(".text__mention")).ToHaveTextAsync(["@alice", "@bob"]);
        await Expect(alice.Page.Locator(".message--mention")).ToHaveCountAsync(1);
        await Expect(alice.Entry(alice.Channels, "music")).Not.ToContainTextAsync("mentioning");
        await Expect(alice.Page).ToHaveTitleAsync("#music · Parley");
    }

    [Fact]
    public async Task A_muted_channel_is_quiet_and_stays_muted_over_a_restart()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await alice.OpenChannelAsync("music");

        await alice.Composer.PressAsync("Alt+n");
        await Expect(alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Menu)).ToBeVisibleAsync();
        await alice.Page.Keyboard.PressAsync("End"); // "Until I turn it back on"
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.Button("Notifications of #music (muted)")).ToBeVisibleAsync();
        await alice.OpenChannelAsync("general");
        await alice.RestartDesktopAsync();
        await SayAsync(bob, "music", "anybody?");
        await SayAsync(bob, "music", "@alice!");

        await Expect(alice.Entry(alice.Channels, "music")).ToContainTextAsync("1 mentioning you, muted");
        await Expect(alice.Entry(alice.Channels, "music")).Not.ToContainTextAsync("unread");
    }

    [Fact]
    public async Task A_right_click_on_a_channel_or_a_person_offers_what_can_be_done_with_it()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await SayAsync(bob, "music", "anybody?");
        await Expect(alice.Entry(alice.Channels, "music")).ToContainTextAsync("1 unread");

        await Person.Link(alice.Channels, "music").ClickAsync(new() { Button = Microsoft.Playwright.MouseButton.Right });
        await MenuItem(alice, "Mark as read").ClickAsync();
        await Expect(alice.Entry(alice.Channels, "music")).Not.ToContainTextAsync("unread");
        await Expect(alice.Page).ToHaveTitleAsync("#general · Parley");

        await Person.Link(alice.Channels, "music").FocusAsync();
        await alice.Page.Keyboard.PressAsync("Shift+F10");
        await MenuItem(alice, "Mute").ClickAsync();
        await Expect(alice.Entry(alice.Channels, "music")).ToContainTextAsync("muted");

        var person = alice.Members.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "bob" });
        await person.ClickAsync(new() { Button = Microsoft.Playwright.MouseButton.Right });
        await Expect(MenuItem(alice, "Copy name")).ToBeVisibleAsync();
        await MenuItem(alice, "Message").ClickAsync();
        await Expect(alice.TextBox("Message @bob")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Notifications_replace_each_other_go_when_read_elsewhere_and_open_the_conversation()
    {
        await using var bus = await SessionBus.StartAsync();
        var alice = await SitDownAsync("alice", DesktopProcess.For(Server), bus: bus.Address);
        await alice.RegisterAsync();
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await Expect(Person.Link(alice.Channels, "music")).ToBeVisibleAsync();

        await TestNotificationAsync(alice, "no notification service answers");
        await bus.StartServiceAsync();
        await TestNotificationAsync(alice, "It was sent");
        await bus.CalledAsync("Notify \"Parley\" 0 ");

        await SayAsync(bob, "music", "<b>bold</b> & \"quoted\" 'so', @alice 👋");
        var first = await bus.CalledAsync("Notify \"Parley\" 0 \".*/parley.png\" \"bob \\(#music\\)\" \"&lt;b&gt;bold&lt;/b&gt; &amp; \"quoted\" 'so', " +
            "@alice 👋\" \\[\"default\", \"Open\"\\] (\\{.*\\}) -1");
        Assert.Contains("\"desktop-entry\": \"parley\"", first.Groups[1].Value, StringComparison.Ordinal);

        await SayAsync(bob, "music", "and again");
        var replaced = (await bus.CalledAsync("Notify \"Parley\" ([1-9]\\d*) .* \"and again\"")).Groups[1].Value;
        await bob.SendAsync(new { type = "private_message", to = "alice", content = "psst" });
        await bus.CalledAsync("Notify \"Parley\" 0 .* \"bob\" \"psst\"");

        await using (var phone = await RawPeer.ConnectAsync(Server))
        {
            var ready = (await phone.LogInLevel2Async("alice")).Ready;
            var music = ready.Items("channels").Single(channel => channel.Text("name") == "music");
            await phone.AskAsync("read", ("channel_id", music.Number("id")), ("number", music.Number("last_number")));
        }

        await bus.CalledAsync($"CloseNotification {replaced}$");
        // The service counts: after it came the private one.
        await bus.ClickAsync($"{uint.Parse(replaced, System.Globalization.CultureInfo.InvariantCulture) + 1}");
        await Expect(alice.TextBox("Message @bob")).ToBeVisibleAsync();
        await Expect(alice.Said("psst")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_notification_service_that_starts_anew_is_told_anew()
    {
        await using var bus = await SessionBus.StartAsync();
        await bus.StartServiceAsync();
        var alice = await SitDownAsync("alice", DesktopProcess.For(Server), bus: bus.Address);
        await alice.RegisterAsync();
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await Expect(Person.Link(alice.Channels, "music")).ToBeVisibleAsync();
        await SayAsync(bob, "music", "before");
        await bus.CalledAsync("Notify \"Parley\" 0 .* \"before\"");

        await bus.RestartServiceAsync();
        await SayAsync(bob, "music", "after");

        // It replaces nothing: by now that number may be another program's.
        await bus.CalledAsync("Notify \"Parley\" 0 .* \"after\"");
        await bus.ClickAsync("1");
        await Expect(alice.TextBox("Message #music")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_service_that_reads_no_markup_is_sent_none()
    {
        await using var bus = await SessionBus.StartAsync();
        await bus.StartServiceAsync("actions body");
        var alice = await SitDownAsync("alice", DesktopProcess.For(Server), bus: bus.Address);
        await alice.RegisterAsync();
        await using var bob = await ComeWithChannelAsync("bob", "music");
        await Expect(Person.Link(alice.Channels, "music")).ToBeVisibleAsync();

        await SayAsync(bob, "music", "R&B <3");
        await bus.CalledAsync("Notify \"Parley\" 0 .* \"R&B <3\"");
        await bus.RestartServiceAsync();
        await SayAsync(bob, "music", "Q&A");

        await bus.CalledAsync("Notify \"Parley\" 0 .* \"Q&amp;A\""); // Another one, which does.
    }

    private static Microsoft.Playwright.ILocator MenuItem(Person person, string name) =>
        person.Page.GetByRole(Microsoft.Playwright.AriaRole.Menuitem, new() { Name = name, Exact = true });

    private static async Task TestNotificationAsync(Person person, string words)
    {
        await person.Button("Settings").ClickAsync();
        await person.Page.GetByRole(Microsoft.Playwright.AriaRole.Tab, new() { Name = "Notifications" }).ClickAsync();
        await person.Button("Send a test notification").ClickAsync();
        await Expect(person.Page.GetByText(words)).ToBeVisibleAsync();
        await person.Page.Keyboard.PressAsync("Escape");
    }

    private async Task<RawPeer> ComeWithChannelAsync(string name, string channel)
    {
        var peer = await Server.ConnectLevel1Async(name);
        await peer.SendAsync(new { type = "channel_create", name = channel, description = "" });
        await peer.SkipToAsync("channel_created");
        return peer;
    }

    private static async Task SayAsync(RawPeer peer, string channel, string content)
    {
        await peer.SendAsync(new { type = "message", channel, content });
        await peer.CollectUntilAsync(m => m.Type() == "message" && m.Text("content") == content);
    }
}
