using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Writing with the keyboard alone: what is offered, what the keys do with it, and what is sent.</summary>
public sealed class ComposerTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Words_are_completed_while_they_are_typed_and_nothing_half_typed_is_sent()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await Server.ConnectLevel1Async("bob");
        await Expect(alice.Members).ToContainTextAsync("bob");
        var suggestions = alice.Page.GetByRole(AriaRole.Listbox);
        var options = suggestions.GetByRole(AriaRole.Option);

        // As fast as it comes: Enter waits for the answer, takes it, and the next one sends.
        await alice.Composer.PressSequentiallyAsync("Hi @bo");
        await alice.Composer.PressAsync("Enter");
        await Expect(alice.Composer).ToHaveValueAsync("Hi @bob ");
        await Expect(suggestions).ToHaveCountAsync(0);
        await alice.Composer.PressAsync("Control+z");
        await Expect(alice.Composer).ToHaveValueAsync("Hi @bo");
        await alice.Composer.PressAsync("End");
        await Expect(options).ToContainTextAsync(["bob"]);
        await Expect(alice.Composer).ToHaveAttributeAsync("aria-activedescendant", await options.First.GetAttributeAsync("id") ?? "none");
        await alice.Composer.PressAsync("Tab");
        await alice.Composer.PressSequentiallyAsync("see #gen");
        await options.First.ClickAsync();
        await alice.Composer.PressSequentiallyAsync(":thumbsdow");
        await Expect(options).Not.ToHaveCountAsync(0);
        await alice.Composer.PressAsync("Escape");
        await Expect(suggestions).ToHaveCountAsync(0);
        await alice.Composer.PressAsync("n");
        await alice.Composer.PressSequentiallyAsync(" :tada:");
        await Expect(alice.Composer).ToHaveValueAsync("Hi @bob see #general :thumbsdown 🎉");
        await alice.Composer.PressAsync("Enter");

        Assert.Equal("Hi @bob see #general :thumbsdown 🎉", (await bob.SkipToAsync("message")).Text("content"));

        // A whole word needs no second Enter.
        await alice.Composer.PressSequentiallyAsync("@bob");
        await alice.Composer.PressAsync("Enter");
        Assert.Equal("@bob", (await bob.SkipToAsync("message")).Text("content"));
        await alice.Composer.PressSequentiallyAsync("/m");
        await Expect(options).ToHaveCountAsync(2);
        await alice.Composer.PressAsync("ArrowDown");
        await alice.Composer.PressAsync("ArrowUp");
        await alice.Composer.PressAsync("Enter");
        await alice.Composer.PressSequentiallyAsync("waves");
        await alice.Composer.PressAsync("Enter");
        Assert.Equal("waves", (await bob.SkipToAsync("action")).Text("content"));
    }

    [Fact]
    public async Task Emoji_are_picked_by_the_keyboard_and_the_pointer()
    {
        var alice = await ComeAsync("alice");
        var picker = alice.Dialog("Add an emoji");
        var search = alice.TextBox("Search emoji");
        await alice.Composer.PressSequentiallyAsync("ab");
        await alice.Composer.PressAsync("ArrowLeft");

        await alice.Page.Keyboard.PressAsync("Control+e");
        await Expect(search).ToBeFocusedAsync();
        await search.PressSequentiallyAsync("heart");
        await Expect(picker.GetByRole(AriaRole.Gridcell).First).ToHaveAccessibleNameAsync("red heart");
        await search.PressAsync("Shift+Enter");
        await Expect(alice.Composer).ToHaveValueAsync("a❤️b");
        await search.PressAsync("ArrowDown");
        await alice.Page.Keyboard.PressAsync("ArrowRight");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(picker).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToBeFocusedAsync();
        await Expect(alice.Composer).ToHaveValueAsync("a❤️♥️b");

        await alice.Button("Add an emoji").ClickAsync();
        await Expect(picker.GetByRole(AriaRole.Grid, new() { Name = "Recently used" }).GetByRole(AriaRole.Gridcell)).ToHaveTextAsync(["♥️", "❤️"]);
        await picker.GetByRole(AriaRole.Button, new() { Name = "Food and drink" }).ClickAsync();
        await picker.GetByRole(AriaRole.Gridcell, new() { Name = "grapes", Exact = true }).ClickAsync();
        await Expect(alice.Composer).ToHaveValueAsync("a❤️♥️🍇b");
        await Expect(alice.Composer).ToBeFocusedAsync();

        await alice.Page.Keyboard.PressAsync("Control+e");
        await Expect(search).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Composer).ToBeFocusedAsync();
    }
}
