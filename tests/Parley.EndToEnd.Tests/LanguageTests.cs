using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

public sealed class LanguageTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Another_language_is_spoken_at_once_and_after_a_restart()
    {
        var alice = await ComeAsync("alice");
        await alice.Button("Settings").ClickAsync();
        await alice.Page.GetByRole(AriaRole.Tab, new() { Name = "Appearance" }).ClickAsync();

        await alice.Page.GetByLabel("Language").SelectOptionAsync("Deutsch");

        await Expect(alice.Button("Einstellungen")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Navigation, new() { Name = "Kanäle" })).ToBeVisibleAsync();
        await Expect(alice.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await alice.RestartDesktopAsync();
        await Expect(alice.TextBox("Nachricht an #general")).ToBeVisibleAsync();
        await alice.TextBox("Nachricht an #general").FillAsync("/msg nobody hallo");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(alice.Page.GetByText("Niemand heißt „nobody“.")).ToBeVisibleAsync();
    }
}
