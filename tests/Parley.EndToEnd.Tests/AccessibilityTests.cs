using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Each screen, looked at by axe in every theme.</summary>
public sealed class AccessibilityTests(Browser browser) : EndToEndTest(browser)
{
    protected override bool BypassPolicy => true;

    [Fact]
    public async Task The_login_screen_is_free_of_findings()
    {
        var alice = await SitDownAsync("alice");
        await Expect(alice.Username).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);

        await alice.Button("Advanced").ClickAsync();
        await Expect(alice.TextBox("Host")).ToBeVisibleAsync();
        await alice.TryAsync("Log In", "no such person");
        await Expect(alice.Alert("Invalid username or password.")).ToBeVisibleAsync();

        await Axe.FindNothingAsync(alice.Page);
    }

    [Fact]
    public async Task The_main_screen_and_its_dialogs_are_free_of_findings()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await Server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "message", content = "Hello @alice and @bob" });
        await bob.SendAsync(new { type = "action", content = "waves" });
        await bob.SendAsync(new { type = "private_message", to = "alice", content = "psst" });
        await Expect(alice.Messages).ToHaveCountAsync(2);
        await alice.SayAsync("/help");
        await Expect(alice.Page.GetByText("/msg NAME TEXT")).ToBeVisibleAsync();
        await Expect(alice.Entry(alice.DirectMessages, "bob")).ToContainTextAsync("1 unread");
        await Axe.FindNothingAsync(alice.Page);

        await alice.Composer.PressAsync("Alt+n");
        await Expect(alice.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Default" })).ToBeFocusedAsync();
        await Axe.FindNothingAsync(alice.Page);
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Button("Notifications of #general")).ToBeFocusedAsync();

        await alice.Button("Create channel").ClickAsync();
        await Expect(alice.Dialog("Create channel")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);

        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Dialog("Create channel")).ToHaveCountAsync(0);
        await Expect(alice.Button("Create channel")).ToBeFocusedAsync(); // A dialog gives the focus back.
    }

    [Fact]
    public async Task The_rail_its_menu_and_the_form_for_another_server_are_free_of_findings()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await Server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "private_message", to = "alice", content = "psst" });
        await Expect(alice.Entry(alice.DirectMessages, "bob")).ToContainTextAsync("1 unread");

        await alice.Button($"{Server.Host}:{Server.Port}").Last.ClickAsync(); // The name of the server over its channels.
        await Expect(alice.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Mark all as read" })).ToBeFocusedAsync();
        await Axe.FindNothingAsync(alice.Page);

        await alice.Page.Keyboard.PressAsync("End");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.Dialog($"Leave {Server.Host}:{Server.Port}?")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);
        await alice.Page.Keyboard.PressAsync("Escape");

        await alice.Button("Add a server").ClickAsync();
        await Expect(alice.TextBox("Host")).ToBeFocusedAsync();
        await Axe.FindNothingAsync(alice.Page);
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Composer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_concerns_people_is_free_of_findings()
    {
        var alice = await ComeAsync("alice");
        var (bob, _) = await Server.ConnectLevel2Async("bob");
        await bob.AskAsync("status_set", ("status", "dnd"), ("text", "Writing an exam"));
        await bob.AskAsync("idle", ("idle", true));
        await bob.AskAsync("private_message", ("to", "alice"), ("content", "psst"));
        await Person.Link(alice.DirectMessages, "bob").ClickAsync();
        await Expect(alice.Said("psst")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);

        await alice.Members.GetByRole(AriaRole.Button, new() { Name = "bob" }).ClickAsync();
        await Expect(alice.Dialog("Profile of bob")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);
        await alice.Page.Keyboard.PressAsync("Escape");

        await alice.Self.ClickAsync();
        await Expect(alice.Dialog("Your status and account")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);

        await alice.Dialog("Your status and account").GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
        await Expect(alice.Page.GetByText("This device")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Dialog("Settings")).ToHaveCountAsync(0);

        await alice.Page.SetViewportSizeAsync(720, 600);
        await alice.Button("Show member list").ClickAsync();
        await Expect(alice.Dialog("Members")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);
        await bob.DisposeAsync();
    }

    [Fact]
    public async Task Text_of_every_kind_and_what_the_composer_opens_are_free_of_findings()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("שלום #general :tada: ||secret||\n- *one*\n> two\n```csharp\n// why\nvar s = $\"{1}\";\n```");
        await Expect(alice.Page.Locator(".code__comment")).ToBeVisibleAsync();
        await alice.Composer.PressSequentiallyAsync(":heart");
        await Expect(alice.Page.GetByRole(AriaRole.Option)).Not.ToHaveCountAsync(0);
        await Axe.FindNothingAsync(alice.Page);

        await alice.Composer.FillAsync("");
        await alice.Button("Add an emoji").ClickAsync();
        await Expect(alice.TextBox("Search emoji")).ToBeFocusedAsync();
        await Axe.FindNothingAsync(alice.Page, without: ".emoji__section:nth-of-type(n+2)");
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Composer).ToBeFocusedAsync();

        await alice.Button("Today").ClickAsync();
        await Expect(alice.Dialog("Jump to a date")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(alice.Page);
    }
}
