using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Two people, each in a browser of their own, at a desktop of their own.</summary>
public sealed class TalkingTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Two_people_register_and_talk()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");

        await alice.SayAsync("Hello, is anybody here?");
        await Expect(bob.Said("Hello, is anybody here?")).ToContainTextAsync("alice");
        await bob.SayAsync("I am 👋");

        await Expect(alice.Said("I am 👋")).ToContainTextAsync("bob");
        await Expect(alice.Messages).ToHaveCountAsync(2);
        await Expect(bob.Messages).ToHaveCountAsync(2);
        await Expect(bob.Messages.First.Locator("time")).ToHaveTextAsync(new Regex(@"\d"));
        await Expect(alice.Members).ToContainTextAsync("alice");
        await Expect(alice.Members).ToContainTextAsync("bob");
        await Expect(alice.Composer).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_said_is_shown_as_text_to_the_letter()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");

        await alice.SayAsync("<b onclick=\"x()\">5 < 6</b> &amp; <script>alert(1)</script>");

        await Expect(bob.Said("<b onclick=\"x()\">5 < 6</b> &amp; <script>alert(1)</script>")).ToBeVisibleAsync();
        Assert.Equal(0, await bob.Log.Locator("script, b").CountAsync());
    }

    [Fact]
    public async Task Shift_and_Enter_start_a_line_and_the_send_button_sends()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");

        await alice.Composer.PressSequentiallyAsync("one");
        await alice.Composer.PressAsync("Shift+Enter");
        await alice.Composer.PressSequentiallyAsync("two");
        await Expect(alice.Messages).ToHaveCountAsync(0);
        await alice.Button("Send").ClickAsync();

        await Expect(bob.Messages).ToHaveCountAsync(1);
        Assert.Contains("one\ntwo", await bob.Messages.First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_channel_is_there_for_everyone_and_counts_what_is_unread()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");

        await alice.Button("Create channel").ClickAsync();
        await alice.TextBox("Channel name").FillAsync("music");
        await alice.TextBox("Description (optional)").FillAsync("What we listen to");
        await alice.Button("Create").ClickAsync();
        await Expect(alice.TextBox("Message #music")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("What we listen to").First).ToBeVisibleAsync();
        await Expect(Person.Link(bob.Channels, "music")).ToBeVisibleAsync();
        await alice.SayAsync("first");
        await alice.SayAsync("second");

        await Expect(bob.Entry(bob.Channels, "music")).ToContainTextAsync("2 unread");
        await Expect(bob.Messages).ToHaveCountAsync(0);

        await bob.OpenChannelAsync("music");

        await Expect(bob.Messages).ToHaveCountAsync(2);
        await Expect(bob.Entry(bob.Channels, "music")).Not.ToContainTextAsync("unread");
    }

    [Fact]
    public async Task A_direct_conversation_is_seen_by_its_two_people_alone()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");
        var carol = await ComeAsync("carol");

        await alice.SayAsync("/msg bob between us");
        await Expect(bob.Entry(bob.DirectMessages, "alice")).ToContainTextAsync("1 unread");
        await Person.Link(bob.DirectMessages, "alice").ClickAsync();
        await Expect(bob.TextBox("Message @alice")).ToBeVisibleAsync();
        await Expect(bob.Said("between us")).ToBeVisibleAsync();
        await bob.SayAsync("of course");
        await Person.Link(alice.DirectMessages, "bob").ClickAsync();
        await Expect(alice.Said("of course")).ToBeVisibleAsync();

        // What carol gets after it shows that she did not get it.
        await bob.OpenChannelAsync("general");
        await bob.SayAsync("to all");
        await Expect(carol.Said("to all")).ToBeVisibleAsync();
        await Expect(carol.Messages).ToHaveCountAsync(1);
        await Expect(carol.DirectMessages.GetByRole(Microsoft.Playwright.AriaRole.Link)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_direct_message_waits_for_who_is_away()
    {
        var alice = await ComeAsync("alice");
        await using (var early = await RawPeer.ConnectAsync(Server))
            await early.RegisterAsync("bob");

        await alice.SayAsync("/msg bob when you are back");
        await Expect(Person.Link(alice.DirectMessages, "bob")).ToBeVisibleAsync();
        var bob = await SitDownAsync("bob");
        await bob.LogInAsync();

        await Expect(bob.Entry(bob.DirectMessages, "alice")).ToContainTextAsync("1 unread");
    }
}
