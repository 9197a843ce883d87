using System.Globalization;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Every flow without a pointer: one gets there, sees where one is, and is somewhere sensible when it is done.</summary>
public sealed class KeyboardTests(Browser browser) : EndToEndTest(browser)
{
    private const int MostTabs = 60;
    private const int HastyRounds = 10;

    [Fact]
    public async Task One_registers_talks_and_messages_somebody()
    {
        await using var bob = await Server.ConnectLevel1Async("bob");
        var alice = await SitDownAsync("alice");
        await Expect(alice.Username).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync("alice");
        await TabToAsync(alice, alice.Password);
        await alice.Page.Keyboard.TypeAsync(RawPeerVerbs.Password);
        await TabToAsync(alice, alice.Button("Register"));
        await PressAsync(alice, "Enter");
        await Expect(alice.Composer).ToBeFocusedAsync();

        await alice.Page.Keyboard.TypeAsync("hello");
        await PressAsync(alice, "Enter");
        await bob.SendAsync(new { type = "message", content = "hi alice" });
        await Expect(alice.Said("hi alice")).ToBeVisibleAsync();

        // An author's profile, and back; then a message to them.
        var author = alice.Said("hi alice").GetByRole(AriaRole.Button, new() { Name = "bob" });
        await TabToAsync(alice, author, "Shift+Tab");
        await PressAsync(alice, "Space");
        await Expect(alice.Button("Message")).ToBeFocusedAsync();
        await PressAsync(alice, "Escape");
        await Expect(author).ToBeFocusedAsync();
        await PressAsync(alice, "Enter");
        await Expect(alice.Button("Message")).ToBeFocusedAsync();
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Message @bob")).ToBeFocusedAsync();

        // Up to the channel, by name to the person, by the link to the channel.
        await PressAsync(alice, "Alt+ArrowUp");
        await Expect(alice.TextBox("Message #general")).ToBeFocusedAsync();
        await PressAsync(alice, "Control+k");
        await Expect(alice.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync("bob");
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Message @bob")).ToBeFocusedAsync();
        await TabToAsync(alice, Person.Link(alice.Channels, "general"), "Shift+Tab");
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Message #general")).ToBeFocusedAsync();

        // A new channel.
        await TabToAsync(alice, alice.Button("Create channel"), "Shift+Tab");
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Channel name")).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync("music");
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Message #music")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task One_goes_through_every_section_of_the_settings_mutes_and_logs_out()
    {
        var alice = await ComeAsync("alice");
        await Expect(alice.Composer).ToBeFocusedAsync();
        await PressAsync(alice, "Alt+n");
        await Expect(alice.Page.GetByRole(AriaRole.Menuitemradio).First).ToBeFocusedAsync();
        await PressAsync(alice, "End");
        await Expect(alice.Page.GetByRole(AriaRole.Menuitem).Last).ToBeFocusedAsync();
        await PressAsync(alice, "Enter");
        await Expect(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications of #general" })).ToBeFocusedAsync();
        await Expect(alice.Entry(alice.Channels, "general")).ToContainTextAsync("muted", new() { IgnoreCase = true });

        await TabToAsync(alice, alice.Button("Settings"));
        await PressAsync(alice, "Enter");
        foreach (var section in (string[])["Account", "Appearance", "Notifications", "Keyboard", "About"])
        {
            var tab = alice.Page.GetByRole(AriaRole.Tab, new() { Name = section });
            await Expect(tab).ToBeFocusedAsync();
            await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
            await PressAsync(alice, "ArrowDown");
        }

        await PressAsync(alice, "ArrowDown"); // Appearance: the first of its choices, and back.
        await PressAsync(alice, "Tab");
        await ExpectFocusToShowAsync(alice);
        await PressAsync(alice, "Escape");
        await Expect(alice.Dialog("Settings")).ToHaveCountAsync(0);
        await Expect(alice.Button("Settings")).ToBeFocusedAsync();

        await TabToAsync(alice, alice.Self, "Shift+Tab");
        await PressAsync(alice, "Enter");
        await TabToAsync(alice, alice.Button("Log out"));
        await PressAsync(alice, "Enter");
        await Expect(alice.Button("Cancel")).ToBeFocusedAsync();
        await PressAsync(alice, "Escape");
        await Expect(alice.Self).ToBeFocusedAsync();
    }

    [Fact]
    public async Task One_adds_a_server_and_leaves_it()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var alice = await ComeAsync("alice");
        var rail = alice.Page.GetByRole(AriaRole.Navigation, new() { Name = "Servers" }).GetByRole(AriaRole.Button);

        await AddAsync(alice, other, rail);

        await TabToAsync(alice, rail.Nth(1), "Shift+Tab");
        await OpenMenuAsync("ContextMenu");
        for (var i = 0; i < HastyRounds; i++)
        {
            // Asked for again right behind Escape, it comes again.
            await PressAsync(alice, "Escape");
            await OpenMenuAsync("ContextMenu");
        }

        await PressAsync(alice, "Escape");
        await Expect(rail.Nth(1)).ToBeFocusedAsync();
        await OpenMenuAsync("ContextMenu");
        await AskToLeaveAsync();
        await PressAsync(alice, "Escape");
        await Expect(alice.Dialog($"Leave {other.Host}?")).ToHaveCountAsync(0);
        await Expect(rail.Nth(1)).ToBeFocusedAsync();
        await OpenMenuAsync("ContextMenu");
        await AskToLeaveAsync();
        await PressAsync(alice, "Tab");
        await PressAsync(alice, "Enter");

        await Expect(rail).ToHaveCountAsync(2);
        await Expect(alice.Composer).ToBeFocusedAsync();

        async Task OpenMenuAsync(string key)
        {
            await PressAsync(alice, key);
            await Expect(alice.Page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        }

        async Task AskToLeaveAsync()
        {
            await PressAsync(alice, "End");
            await PressAsync(alice, "Enter");
            await Expect(alice.Button("Cancel")).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task One_tries_a_refused_message_again_and_goes_on_writing()
    {
        // A server with a fault: the message is refused until the fault is gone.
        await ServerStore.ChangeAsync(Server, store => store.Execute(
            "CREATE TRIGGER fault BEFORE INSERT ON messages WHEN NEW.content = 'try me' BEGIN SELECT RAISE(ABORT, 'a fault'); END"));
        var alice = await ComeAsync("alice");
        await alice.Page.Keyboard.TypeAsync("try me");
        await PressAsync(alice, "Enter");
        await Expect(alice.Button("Try again")).ToBeVisibleAsync();
        await ServerStore.ChangeAsync(Server, store => store.Execute("DROP TRIGGER fault"));

        await TabToAsync(alice, alice.Button("Try again"), "Shift+Tab");
        await PressAsync(alice, "Enter");

        await Expect(alice.Composer).ToBeFocusedAsync();
        await Expect(alice.Said("try me")).ToHaveAttributeAsync("data-number", "1");
    }

    [Fact]
    public async Task One_shows_and_hides_the_members()
    {
        var alice = await ComeAsync("alice");
        await Expect(alice.Members).ToBeVisibleAsync();
        await PressAsync(alice, "Control+u");
        await Expect(alice.Members).ToBeHiddenAsync();
        await Expect(alice.Composer).ToBeFocusedAsync();
        await alice.LoadAgainAsync();
        await Expect(alice.Composer).ToBeFocusedAsync();
        await Expect(alice.Members).ToBeHiddenAsync();
        await PressAsync(alice, "Control+u");
        await Expect(alice.Members).ToBeVisibleAsync();

        await alice.Page.SetViewportSizeAsync(720, 600);
        await Expect(alice.Members).ToBeHiddenAsync();
        await PressAsync(alice, "Control+u");
        await Expect(alice.Dialog("Members")).ToBeFocusedAsync();
        await PressAsync(alice, "Escape");
        await Expect(alice.Dialog("Members")).ToHaveCountAsync(0);
        await Expect(alice.Button("Show member list")).ToBeFocusedAsync();
        await PressAsync(alice, "Control+u");
        await Expect(alice.Dialog("Members")).ToBeFocusedAsync();
        await PressAsync(alice, "Control+u");
        await Expect(alice.Dialog("Members")).ToHaveCountAsync(0);
        await Expect(alice.Button("Show member list")).ToBeFocusedAsync();
        await PressAsync(alice, "Enter");
        await Expect(alice.Dialog("Members")).ToBeFocusedAsync();
        await TabToAsync(alice, alice.Dialog("Members").GetByRole(AriaRole.Button, new() { Name = "alice" }));
        await PressAsync(alice, "Enter");

        await Expect(alice.Button("Edit status")).ToBeFocusedAsync();
        await Expect(alice.Dialog("Members")).ToHaveCountAsync(0);
        await PressAsync(alice, "Escape");
        await Expect(alice.Button("Edit status")).ToHaveCountAsync(0);
        await Expect(alice.Button("Show member list")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_typed_is_never_drawn_over()
    {
        var alice = await ComeAsync("alice");
        await alice.Button("Create channel").ClickAsync();
        await Expect(alice.TextBox("Channel name")).ToBeFocusedAsync();
        await alice.TextBox("Channel name").EvaluateAsync(
            """
            field => {
              const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
              window.drawn = [];
              Object.defineProperty(field, 'value', { get, set(value) { window.drawn.push(value); set.call(field, value); } });
            }
            """);

        await alice.Page.Keyboard.TypeAsync("music");
        await PressAsync(alice, "Enter");

        await Expect(alice.TextBox("Message #music")).ToBeFocusedAsync();
        Assert.Empty(await alice.Page.EvaluateAsync<string[]>("window.drawn"));
    }

    private static async Task AddAsync(Person alice, ServerProcess other, ILocator rail)
    {
        await TabToAsync(alice, rail.First);
        await PressAsync(alice, "ArrowDown");
        await Expect(alice.Button("Add a server")).ToBeFocusedAsync();
        await PressAsync(alice, "Enter");
        await Expect(alice.TextBox("Host")).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync(string.Create(CultureInfo.InvariantCulture, $"{other.Host}:{other.Port}"));
        await TabToAsync(alice, alice.Username);
        await PressAsync(alice, "Control+a");
        await alice.Page.Keyboard.TypeAsync("alice");
        await TabToAsync(alice, alice.Password);
        await alice.Page.Keyboard.TypeAsync(RawPeerVerbs.Password);
        await TabToAsync(alice, alice.Button("Register"));
        await PressAsync(alice, "Enter");
        await Expect(alice.Button("Cancel").Last).ToBeFocusedAsync(); // The safe answer has the focus.
        await PressAsync(alice, "Tab");
        await PressAsync(alice, "Enter");
        await Expect(alice.Composer).ToBeFocusedAsync();
    }

    private static Task PressAsync(Person person, string key) => person.Page.Keyboard.PressAsync(key);

    // On the way the focus is always to be seen.
    private static async Task TabToAsync(Person person, ILocator target, string key = "Tab")
    {
        await Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            await PressAsync(person, key);
            await ExpectFocusToShowAsync(person);
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail($"{target} is not reached by {MostTabs} x {key}.");
    }

    private static async Task ExpectFocusToShowAsync(Person person) =>
        Assert.Equal("", await person.Page.EvaluateAsync<string>(
            """
            () => {
              const at = document.activeElement;
              if (at === null || at === document.body) return '';
              // Some show it by a frame around them: the composer's bar, the words of a choice.
              for (const shown of [at, at.closest('.composer__bar'), at.closest('label')]) {
                if (shown === null) continue;
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
                if ((outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none') return '';
              }
              return at.outerHTML.slice(0, 200);
            }
            """));
}
