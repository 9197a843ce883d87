using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What people show of themselves, and where they are logged in.</summary>
public sealed class MembersTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task A_status_is_seen_by_the_other_and_a_profile_leads_to_a_conversation()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob", 900, 600);

        await alice.Self.ClickAsync();
        await Expect(alice.Radio("Online")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Member(bob, "alice")).ToContainTextAsync("Do not disturb");
        await alice.TextBox("Status message").FillAsync("Writing an exam, back at five");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.Dialog("Your status and account")).ToHaveCountAsync(0);
        await Expect(alice.Self).ToContainTextAsync("Writing an exam, back at five");
        await Expect(Member(bob, "alice")).ToContainTextAsync("Writing an exam, back at five");

        // By the keyboard alone: it opens, the focus is in it, Escape gives it back.
        await Member(bob, "alice").GetByRole(AriaRole.Button).FocusAsync();
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Dialog("Profile of alice")).ToContainTextAsync("Writing an exam, back at five");
        await Expect(bob.Dialog("Profile of alice")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(bob.Button("Message")).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Dialog("Profile of alice")).ToHaveCountAsync(0);
        await Expect(Member(bob, "alice").GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("Enter");
        await bob.Button("Message").ClickAsync();
        await Expect(bob.TextBox("Message @alice")).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "alice", Level = 1 })).ToBeVisibleAsync();
        await bob.SayAsync("Good luck!");

        await Person.Link(alice.DirectMessages, "bob").ClickAsync();
        await alice.Said("Good luck!").GetByRole(AriaRole.Button, new() { Name = "bob" }).ClickAsync();
        await Expect(alice.Dialog("Profile of bob")).ToBeInViewportAsync(new() { Ratio = 1 });
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Members" }).ClickAsync(); // A press elsewhere closes it.
        await Expect(alice.Dialog("Profile of bob")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mention_leads_to_the_profile_by_mouse_and_by_keyboard()
    {
        var alice = await ComeAsync("alice", 900, 600);
        await using var bob = await Server.ConnectLevel1Async("bob");
        await Expect(alice.Members).ToContainTextAsync("bob");
        await alice.SayAsync("Ask @bob, he knows");
        var mention = alice.Said("he knows").GetByRole(AriaRole.Button, new() { Name = "@bob", Exact = true });
        var profile = alice.Dialog("Profile of bob");

        await Expect(alice.Said("he knows")).ToHaveAttributeAsync("data-number", "1"); // On its way it is another row.
        await mention.ClickAsync();
        await Expect(profile).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(profile).ToContainTextAsync("Member since");
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(profile).ToHaveCountAsync(0);
        await Expect(mention).ToBeFocusedAsync();

        await alice.Page.Keyboard.PressAsync("Shift+Tab"); // To the author, and back.
        await alice.Page.Keyboard.PressAsync("Tab");
        await alice.Page.Keyboard.PressAsync("Space");
        await Expect(alice.Button("Message")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.TextBox("Message @bob")).ToBeVisibleAsync();

        // Copied, it is the text that was written.
        await alice.OpenChannelAsync("general");
        var copied = await alice.Said("he knows").EvaluateAsync<string>(
            "row => { const line = row.querySelector('.text'); getSelection().selectAllChildren(line); return getSelection().toString(); }");
        Assert.Equal("Ask @bob, he knows", copied.Trim());
    }

    [Fact]
    public async Task Another_password_logs_the_other_device_out_in_clear_words_and_this_one_stays()
    {
        var alice = await ComeAsync("alice");
        var elsewhere = await SitDownAsync("alice");
        await elsewhere.LogInAsync();
        await alice.Button("Settings").ClickAsync();
        await Expect(alice.Button("Log out all other devices")).ToBeVisibleAsync();

        await alice.TextBox("Current password").FillAsync(RawPeerVerbs.Password);
        await alice.TextBox("New password").FillAsync("battery staple");
        await alice.TextBox("New password again").FillAsync("battery staple");
        await alice.Button("Change password").ClickAsync();

        await Expect(alice.Page.GetByText("The password is changed, and all other devices are logged out.")).ToBeVisibleAsync();
        await Expect(elsewhere.Alert("Your password was changed. Log in with the new one.")).ToBeVisibleAsync();
        await Expect(alice.Button("Log out all other devices")).ToHaveCountAsync(0);
        await elsewhere.LogInAsync("battery staple");
        await alice.RestartDesktopAsync(); // By the new session, which the profile keeps.
        await Expect(alice.Composer).ToBeVisibleAsync();

        await alice.Button("Settings").ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Log out parley" }).ClickAsync();

        await Expect(elsewhere.Alert("You were logged out from another device.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Devices_that_could_not_be_asked_for_come_with_the_connection()
    {
        var alice = await ComeAsync("alice");
        await Server.TerminateAsync();
        await Expect(alice.Page.GetByText("Not connected").First).ToBeVisibleAsync();
        await alice.Button("Settings").ClickAsync();
        await Expect(alice.Dialog("Settings").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await Server.RestartAsync();

        await Expect(alice.Dialog("Settings").GetByText("This device")).ToBeVisibleAsync();
        await Expect(alice.Dialog("Settings").GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_notices_that_nobody_touches_it_and_that_somebody_does_again()
    {
        var alice = await ComeAsync("alice");
        await alice.Page.EvaluateAsync("""
            async () => {
              window.reports = [];
              const sensor = await import('./_content/Parley.UI/Features/Members/IdleSensor.razor.js');
              sensor.attach({ invokeMethodAsync: async (_, idle) => window.reports.push(idle) }, 300);
            }
            """);

        await alice.Page.WaitForFunctionAsync("() => window.reports.length === 1");
        await alice.Page.Mouse.MoveAsync(300, 300);
        await alice.Page.WaitForFunctionAsync("() => window.reports.length === 3"); // And nobody does again.

        var reports = await alice.Page.EvaluateAsync<bool[]>("window.reports");
        Assert.Equal([true, false, true], reports);
    }

    private static ILocator Member(Person viewer, string name) => viewer.Members.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
}
