using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What was said is edited, deleted, answered and reacted to, by pointer and by keys alone, and everybody sees it.</summary>
public sealed class ChangedMessageTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task An_edit_takes_the_place_of_the_words_for_everybody_and_says_so()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("helo");
        await Expect(bob.Said("helo")).ToHaveCountAsync(1);
        await alice.Composer.FillAsync("a draft");

        await PressAsync(alice, "helo", "Edit");
        await Expect(alice.Composer).ToHaveValueAsync("helo");
        await alice.Composer.FillAsync("hello");
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(bob.Said("hello")).ToContainTextAsync("(edited)");
        await Expect(alice.Said("hello")).ToContainTextAsync("(edited)");
        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Expect(alice.Composer).ToHaveValueAsync("a draft");
        await Expect(bob.Messages).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task By_keys_the_last_message_is_edited_and_an_edit_to_nothing_asks_whether_to_delete()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("first");
        await alice.SayAsync("last");
        await Expect(bob.Said("last")).ToHaveCountAsync(1);
        await Expect(alice.Said("last")).ToHaveAttributeAsync("data-number", "2");

        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(alice.Composer).ToHaveValueAsync("last");
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Composer).ToHaveValueAsync("");
        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(alice.Composer).ToHaveValueAsync("last");
        await alice.Page.Keyboard.PressAsync("Control+a");
        await alice.Page.Keyboard.PressAsync("Delete");
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(alice.Dialog("Delete message")).ToBeVisibleAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.Said("last")).ToHaveCountAsync(0);
        await Expect(bob.Said("last")).ToHaveCountAsync(0);
        await Expect(bob.Said("first")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_reply_quotes_what_it_answers_as_that_says_now()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("**tea** or coffee?");
        await Expect(bob.Said("or coffee?")).ToHaveCountAsync(1);

        await PressAsync(bob, "or coffee?", "Reply");
        await Expect(bob.Page.GetByText("Replying to alice")).ToBeVisibleAsync();
        await bob.Page.Keyboard.TypeAsync("tea");
        await bob.Page.Keyboard.PressAsync("Enter");

        var reply = alice.Messages.Nth(1);
        await Expect(reply.GetByRole(AriaRole.Button, new() { Name = "Reply to alice tea or coffee?" })).ToBeVisibleAsync();
        await Expect(bob.Page.GetByText("Replying to alice")).ToHaveCountAsync(0);

        await PressAsync(alice, "or coffee?", "Edit");
        await Expect(alice.Composer).ToHaveValueAsync("**tea** or coffee?");
        await alice.Composer.FillAsync("tea or water?");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Messages.Nth(1)).ToContainTextAsync("tea or water?");

        await MenuAsync(alice, "tea or water?", "Delete", 0);
        await alice.Dialog("Delete message").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(bob.Messages).ToHaveCountAsync(1);
        await Expect(bob.Messages.First).ToContainTextAsync("Original message was deleted");
    }

    [Fact]
    public async Task A_reaction_counts_for_everybody_and_a_press_on_it_adds_or_takes_back()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("cake!");
        await Expect(bob.Said("cake!")).ToHaveCountAsync(1);

        await bob.Said("cake!").HoverAsync();
        await bob.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Message actions" }).GetByTitle("React with").First.ClickAsync();

        var atAlice = alice.Said("cake!").GetByRole(AriaRole.Group, new() { Name = "Reactions" }).GetByRole(AriaRole.Button);
        await Expect(atAlice).ToHaveCountAsync(1);
        await Expect(atAlice).ToHaveAttributeAsync("aria-pressed", "false");
        await atAlice.HoverAsync();
        await Expect(atAlice).ToHaveAttributeAsync("title", new Regex(": bob$"));
        await atAlice.ClickAsync();
        await Expect(atAlice).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(bob.Said("cake!").GetByRole(AriaRole.Group, new() { Name = "Reactions" })).ToContainTextAsync("2");
        await atAlice.ClickAsync();
        await Expect(bob.Said("cake!").GetByRole(AriaRole.Group, new() { Name = "Reactions" })).ToContainTextAsync("1");
    }

    [Fact]
    public async Task A_deletion_can_be_undone_and_is_carried_out_when_its_window_closes()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("oops");
        await Expect(bob.Said("oops")).ToHaveCountAsync(1);
        await Expect(alice.Said("oops")).ToHaveAttributeAsync("data-number", "1");

        await alice.Log.FocusAsync();
        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(alice.Said("oops")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Shift+Delete"); // Asks nothing.
        await Expect(alice.Said("oops")).ToHaveCountAsync(0);
        await alice.Button("Undo").ClickAsync();
        await Expect(alice.Said("oops")).ToHaveCountAsync(1);
        await Expect(bob.Said("oops")).ToHaveCountAsync(1);

        await MenuAsync(alice, "oops", "Delete", 0);
        await alice.Dialog("Delete message").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(alice.Button("Undo")).ToBeVisibleAsync();
        await alice.RestartDesktopAsync();

        await Expect(bob.Said("oops")).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToBeVisibleAsync();
        await Expect(alice.Said("oops")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task By_keys_alone_somebody_walks_the_messages_and_answers_one()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await bob.SayAsync("one");
        await bob.SayAsync("two");
        await Expect(alice.Said("two")).ToHaveCountAsync(1);

        await alice.Page.Keyboard.PressAsync("Shift+Tab");
        await alice.Log.FocusAsync();
        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(alice.Said("two")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(alice.Said("one")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("r");
        await Expect(alice.Composer).ToBeFocusedAsync();
        await Expect(alice.Page.GetByText("Replying to bob")).ToBeVisibleAsync();
        await alice.Page.Keyboard.TypeAsync("yes");
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(bob.Messages.Last.GetByRole(AriaRole.Button, new() { Name = "Reply to bob one" })).ToBeVisibleAsync();
    }

    private static async Task PressAsync(Person person, string said, string command)
    {
        await person.Said(said).First.HoverAsync();
        var commands = person.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Message actions" });
        await commands.GetByRole(AriaRole.Button, new() { Name = command, Exact = true }).ClickAsync();
    }

    private static async Task MenuAsync(Person person, string said, string command, int nth)
    {
        await person.Said(said).Nth(nth).ClickAsync(new() { Button = MouseButton.Right, Position = new() { X = 300, Y = 5 } });
        await person.Page.GetByRole(AriaRole.Menuitem, new() { Name = command, Exact = true }).ClickAsync();
    }
}
