using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>On a busy machine the page waits for its modules and for the program; who types does not, and no key goes astray.</summary>
public sealed class TypingTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Letters_typed_on_a_button_go_to_the_box_and_everything_is_what_is_said()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("one");
        await Expect(alice.Messages).ToHaveCountAsync(1);

        await alice.Button("Settings").FocusAsync();
        await alice.Page.Keyboard.PressAsync("Control+a");
        var selected = await alice.Page.EvaluateAsync<string>("getSelection().toString()");
        Assert.Contains("one", selected, StringComparison.Ordinal);
        Assert.DoesNotContain("Members", selected, StringComparison.OrdinalIgnoreCase);

        await alice.Page.Keyboard.TypeAsync("hello");
        await Expect(alice.Composer).ToHaveValueAsync("hello");
    }

    [Fact]
    public async Task What_is_typed_before_the_composer_has_its_module_is_written_and_sent()
    {
        var alice = await ComeAsync("alice");
        await alice.Composer.FillAsync("half ");
        var module = await DelayAsync(alice, "Composer.razor.js");
        await alice.LoadAgainAsync();
        await Expect(alice.Composer).ToHaveValueAsync("half ");

        await alice.Page.Keyboard.TypeAsync("of it");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.Keyboard.TypeAsync("one");
        await alice.Page.Keyboard.PressAsync("Shift+Enter");
        await alice.Page.Keyboard.TypeAsync("two");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.Keyboard.TypeAsync("hi @ali");
        await alice.Page.Keyboard.PressAsync("Enter"); // Completes, here as ever.
        await alice.Page.Keyboard.TypeAsync("mor");
        await Expect(alice.Messages).ToHaveCountAsync(0);
        module.SetResult();

        await Expect(alice.Said("half of it")).ToHaveAttributeAsync("data-number", "1");
        await Expect(alice.Said("one\ntwo")).ToHaveAttributeAsync("data-number", "2");
        await Expect(alice.Composer).ToBeFocusedAsync();
        await Expect(alice.Composer).ToHaveValueAsync("hi @alice mor");
        await alice.Page.Keyboard.TypeAsync("e");
        await Expect(alice.Composer).ToHaveValueAsync("hi @alice more");
    }

    [Fact]
    public async Task What_is_typed_while_another_conversation_is_on_its_way_stays_with_the_one_in_view()
    {
        await using var bob = await Server.ConnectLevel1Async("bob");
        var (alice, line) = await ComeByLineAsync("alice");

        await alice.Page.Keyboard.TypeAsync("/msg bob psst");
        line.Hold();
        await alice.Page.Keyboard.PressAsync("Enter");
        await bob.SkipToAsync("private_message");
        await alice.Page.Keyboard.TypeAsync("said");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.Keyboard.TypeAsync("half");
        line.LetGo();

        await Expect(alice.TextBox("Message @bob")).ToBeFocusedAsync();
        await Expect(alice.Composer).ToHaveValueAsync("");
        Assert.Equal("said", (await bob.SkipToAsync("message")).Text("content"));
        await alice.OpenChannelAsync("general");
        await Expect(alice.Composer).ToHaveValueAsync("half");
    }

    [Fact]
    public async Task What_is_typed_after_a_shortcut_waits_for_what_it_leads_to()
    {
        await using var bob = await Server.ConnectLevel1Async("bob");
        var (alice, line) = await ComeByLineAsync("alice");

        line.Hold();
        await alice.Page.Keyboard.PressAsync("Control+k");
        await alice.Page.Keyboard.TypeAsync("bop");
        await alice.Page.Keyboard.PressAsync("Backspace");
        await alice.Page.Keyboard.TypeAsync("b");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.Keyboard.TypeAsync("psst");
        await alice.Page.Keyboard.PressAsync("Enter");
        line.LetGo();
        Assert.Equal("psst", (await bob.SkipToAsync("private_message")).Text("content"));

        await Expect(alice.TextBox("Message @bob")).ToBeFocusedAsync();
        line.Hold();
        await alice.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await alice.Page.Keyboard.TypeAsync("hello ");
        await alice.Page.Keyboard.PressAsync("Control+e");
        await alice.Page.Keyboard.TypeAsync("red heart");
        line.LetGo();
        await Expect(alice.TextBox("Search emoji")).ToHaveValueAsync("red heart");
        await Expect(alice.TextBox("Message #general")).ToHaveValueAsync("hello ");
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.TextBox("Message #general")).ToBeFocusedAsync();

        line.Hold();
        await Person.Link(alice.DirectMessages, "bob").ClickAsync();
        await alice.Page.Keyboard.TypeAsync("half");
        line.LetGo();
        await Expect(alice.TextBox("Message @bob")).ToHaveValueAsync("half");
    }

    [Fact]
    public async Task What_is_pressed_before_the_screen_has_its_module_is_done_in_its_order()
    {
        var alice = await ComeAsync("alice");
        var module = await DelayAsync(alice, "ChatScreen.razor.js");
        await alice.LoadAgainAsync();
        await Expect(alice.Composer).ToBeFocusedAsync();

        await alice.Page.Keyboard.TypeAsync("a");
        await alice.Page.Keyboard.PressAsync("Control+u");
        await alice.Page.Keyboard.PressAsync("Control+k");
        await alice.Page.Keyboard.TypeAsync("gen");
        await Expect(alice.Composer).ToHaveValueAsync("a");
        await Expect(alice.Members).ToBeVisibleAsync();
        module.SetResult();

        await Expect(alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Combobox)).ToHaveValueAsync("gen");
        await Expect(alice.Members).ToBeHiddenAsync();
        await Expect(alice.Composer).ToHaveValueAsync("a");
    }

    [Theory]
    [InlineData("ChatScreen.razor.js")]
    [InlineData("Composer.razor.js")]
    [InlineData("MessageList.razor.js")]
    public async Task A_module_that_comes_when_its_screen_is_gone_breaks_nothing(string file)
    {
        var alice = await ComeAsync("alice");
        var module = await DelayAsync(alice, file);
        await alice.LoadAgainAsync();
        await Expect(alice.Composer).ToBeVisibleAsync();
        await alice.LogOutAsync();
        await Expect(alice.Username).ToHaveValueAsync("alice");
        module.SetResult();

        await alice.Password.FillAsync(RawPeerVerbs.Password);
        await alice.Password.PressAsync("Enter");
        await Expect(alice.Composer).ToBeFocusedAsync();
    }

    // Until the result is set the page waits for a module.
    private static async Task<TaskCompletionSource> DelayAsync(Person person, string file)
    {
        var module = new TaskCompletionSource();
        await person.Page.RouteAsync($"**/{file}", async route =>
        {
            await module.Task;
            await route.ContinueAsync();
        });
        return module;
    }

    // Somebody whose line to the page is tapped, in front of their composer.
    private async Task<(Person Person, Line Line)> ComeByLineAsync(string name)
    {
        var person = await SitDownAsync(name);
        var line = await Line.TapAsync(person.Page);
        await person.LoadAgainAsync();
        await person.RegisterAsync();
        await Expect(person.Composer).ToBeFocusedAsync();
        return (person, line);
    }
}
