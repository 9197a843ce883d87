using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What the page's modules do where the program behind them does not answer as it should, and where a press ends elsewhere.</summary>
public sealed class ModuleTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task A_shortcut_that_failed_ends_no_other_and_all_end_with_their_screen()
    {
        var page = (await SitDownAsync("alice")).Page;

        var pressed = await page.EvaluateAsync<string[]>("""
            async () => {
              const { attach } = await import(new URL('_content/Parley.UI/Shell/ChatScreen.razor.js', document.baseURI));
              const screen = document.body.appendChild(document.createElement('div'));
              const pressed = [];
              const press = async (key) => {
                document.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true }));
                await new Promise((resolve) => setTimeout(resolve));
              };
              attach({ invokeMethodAsync: async (_, name) => { pressed.push(name); throw new Error('broken'); } }, screen);
              await press('k');
              await press('/');
              screen.remove();
              await press('k');
              return pressed;
            }
            """);

        Assert.Equal(["QuickSwitcher", "Keyboard"], pressed);
    }

    /// <summary>Layouts without Latin letters have the shortcuts where others do; those with Latin letters have them where the letter is.</summary>
    [Fact]
    public async Task Shortcuts_work_on_any_layout()
    {
        var page = (await SitDownAsync("alice")).Page;

        var names = await page.EvaluateAsync<string?[]>("""
            async () => {
              const { nameOf } = await import(new URL('_content/Parley.UI/shortcuts.js', document.baseURI));
              const control = (key, code) => nameOf(new KeyboardEvent('keydown', { key, code, ctrlKey: true }));
              return [
                control('л', 'KeyK'), control('г', 'KeyU'), control('у', 'KeyE'), // Russian
                control('κ', 'KeyK'), control('θ', 'KeyU'), control('ε', 'KeyE'), // Greek
                control('ל', 'KeyK'), control('ו', 'KeyU'), control('ק', 'KeyE'), // Hebrew
                control('K', 'KeyK'), control('k', 'KeyV'), control('t', 'KeyK'), control('.', 'KeyE'), // Caps lock; Dvorak
                nameOf(new KeyboardEvent('keydown', { key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true })), // German
                nameOf(new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', altKey: true })),
                nameOf(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, shiftKey: true })),
                nameOf(new KeyboardEvent('keydown', { key: 'л', code: 'KeyK' })),
              ];
            }
            """);

        Assert.Equal(
            [
                "QuickSwitcher", "Members", "Emoji", "QuickSwitcher", "Members", "Emoji", "QuickSwitcher", "Members", "Emoji",
                "QuickSwitcher", "QuickSwitcher", null, null, "Keyboard", "Notifications", "UnreadRoomAbove", null,
            ],
            names);
    }

    [Fact]
    public async Task A_dialog_that_its_component_keeps_is_open_however_often_Escape_is_pressed()
    {
        var page = (await SitDownAsync("alice")).Page;
        await page.EvaluateAsync("""
            async () => {
              const { open } = await import(new URL('_content/Parley.UI/Primitives/Dialog.razor.js', document.baseURI));
              const dialog = document.body.appendChild(document.createElement('dialog'));
              dialog.append('Stay');
              dialog.dataset.asked = '0';
              open(dialog, { invokeMethodAsync: async () => { dialog.dataset.asked = `${Number(dialog.dataset.asked) + 1}`; if (dialog.dataset.asked === '1') throw new Error('busy'); } });
            }
            """);
        var dialog = page.Locator("dialog[data-asked]");

        for (var times = 1; times <= 4; times++)
        {
            await page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToHaveAttributeAsync("data-asked", $"{times}");
            await Expect(dialog).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_press_that_ends_elsewhere_costs_no_later_click()
    {
        var page = (await SitDownAsync("alice")).Page;
        await page.EvaluateAsync("""
            async () => {
              const { open } = await import(new URL('_content/Parley.UI/Primitives/Popover.razor.js', document.baseURI));
              const anchor = document.body.appendChild(document.createElement('button'));
              anchor.id = 'anchor';
              anchor.textContent = 'Opens it';
              anchor.dataset.clicks = '0';
              anchor.addEventListener('click', () => (anchor.dataset.clicks = `${Number(anchor.dataset.clicks) + 1}`));
              const popover = document.body.appendChild(document.createElement('div'));
              popover.id = 'popover';
              popover.popover = 'auto';
              popover.tabIndex = -1;
              popover.textContent = 'Open';
              await open(popover, { invokeMethodAsync: async () => {} }, 'below', anchor);
            }
            """);
        var (anchor, popover) = (page.Locator("#anchor"), page.Locator("#popover"));
        await Expect(popover).ToBeVisibleAsync();

        // The press that closes it opens it not again; but here it ends beside the button, and is no click at all.
        await anchor.HoverAsync();
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(2, 2);
        await page.Mouse.UpAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(popover).ToBeHiddenAsync();
        await anchor.ClickAsync();

        await Expect(anchor).ToHaveAttributeAsync("data-clicks", "1");
    }
}
