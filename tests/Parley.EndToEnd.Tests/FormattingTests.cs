using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Marks go around the selected words, and away, by keys.</summary>
public sealed class FormattingTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Words_are_marked_by_keys_and_a_second_press_takes_the_marks_away()
    {
        var alice = await ComeAsync("alice");
        await alice.Page.Keyboard.TypeAsync("hello world ");
        await alice.Page.Keyboard.PressAsync("Shift+Control+ArrowLeft");

        await PressAsync("Control+b", "hello **world** ");
        await PressAsync("Control+i", "hello ***world*** ");
        await PressAsync("Control+b", "hello *world* ");
        await PressAsync("Control+i", "hello world ");
        await PressAsync("Control+Shift+X", "hello ~~world~~ ");
        await PressAsync("Control+z", "hello world ");
        await alice.Page.Keyboard.PressAsync("End");
        await PressAsync("Control+b", "hello world ****");
        await alice.Page.Keyboard.TypeAsync("now");
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(alice.Said("hello world").Locator("strong")).ToHaveTextAsync("now");

        async Task PressAsync(string keys, string text)
        {
            await alice.Page.Keyboard.PressAsync(keys);
            await Expect(alice.Composer).ToHaveValueAsync(text);
        }
    }

    [Fact]
    public async Task The_last_message_is_corrected_as_by_sed()
    {
        var (alice, bob) = (await ComeAsync("alice"), await ComeAsync("bob"));
        await alice.SayAsync("I like tee");
        await Expect(bob.Said("I like tee")).ToHaveCountAsync(1);

        await alice.SayAsync("s/milk/tea/");
        await Expect(alice.Page.GetByText("Your last message here does not contain \"milk\".")).ToBeVisibleAsync();
        await alice.SayAsync("s/tee/tea/");

        await Expect(bob.Said("I like tea")).ToContainTextAsync("(edited)");
        await Expect(bob.Messages).ToHaveCountAsync(1);
    }
}
