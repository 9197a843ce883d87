using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A real window: WebKitGTK on a real (virtual) screen, with a keyboard. What it did is seen over the wire, and what it shows in its points.</summary>
public sealed class WindowTests
{
    private const string TypedWord = "aye"; // No letter twice in a row, as in the password.
    private const string Link = "#00A8FC";

    [Fact]
    public async Task A_window_opens_somebody_logs_in_and_a_message_comes_and_goes()
    {
        await using var stage = await WindowStage.OpenAsync();
        var (screen, bob) = (stage.Screen, stage.Bob);

        await stage.LogInAsync();
        var empty = await screen.CountAsync(WindowStage.Ground);
        await bob.SayAsync(stage.Login.ChannelId("general"), string.Join('\n', Enumerable.Repeat("Hello walter, do you see me?", 5)));
        await Eventually.TrueAsync(async () => empty - await screen.CountAsync(WindowStage.Ground) > 1_000, "bob's message on the screen");
        await stage.KeepAsync("window-message.png");

        // The window is as large as the screen or smaller, and the message box is at its lower edge; the keyboard is there from the start.
        await screen.TypeAsync(TypedWord);
        await screen.PressAsync("Return");
        Assert.Equal(TypedWord, await stage.SaidAsync());

        await using var second = DesktopProcess.StartWindow(stage.Data.Path, screen.Display);
        Assert.Equal(0, await second.Process.WaitForExitAsync());
        Assert.Contains(second.Process.OutputLines, l => l.Contains("comes to the front", StringComparison.Ordinal));
        await CloseInTheMiddleAsync(stage);
    }

    [Fact]
    public async Task A_terminated_desktop_takes_its_window_with_it()
    {
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display);
        await screen.FocusAsync("Parley", desktop.Process);

        desktop.Process.Signal(PosixSignalNumber.Terminate);

        await desktop.Process.WaitForExitAsync();
        await Eventually.TrueAsync(async () => await screen.CountAsync("#000000") == VirtualDisplay.Width * VirtualDisplay.Height, "an empty screen");
    }

    [Fact]
    public async Task Keys_and_links_do_in_the_window_what_they_do_in_a_browser_and_no_more()
    {
        var opened = "";
        await using var stage = await WindowStage.OpenAsync(async data => opened = await FakeBrowser.InstallAsync(data));
        var (screen, bob) = (stage.Screen, stage.Bob);
        await stage.LogInAsync();

        // What was typed first is undone, done again, and undone; keys that load anew or go back in a browser do nothing to the rest.
        await screen.TypeAsync("wrong");
        await screen.PressAsync("ctrl+z", "ctrl+y", "ctrl+z");
        await screen.TypeAsync(TypedWord);
        await screen.PressAsync("F5", "ctrl+r", "alt+Left", "Return");
        Assert.Equal(TypedWord, await stage.SaidAsync());
        await screen.TypeAsync("again");
        await screen.PressAsync("ctrl+z", "ctrl+shift+z", "dead_acute", "e", "Return");
        Assert.Equal("againé", await stage.SaidAsync());

        // The keyboard is in the message box, whose ring has another colour.
        await bob.SayAsync(stage.Login.ChannelId("general"), "https://example.org/?a=1&b=2;c");
        var link = await Eventually.NotNullAsync(() => screen.FindAsync(Link), "the link");
        await screen.ClickAsync(link);
        await Eventually.TrueAsync(() => Opened().Length == 1, "the link in the browser");
        await screen.ClickAsync(link, button: 2);
        await Eventually.TrueAsync(() => Opened().Length == 2, "the link in the browser, once more");
        Assert.All(Opened(), address => Assert.Equal("https://example.org/?a=1&b=2;c", address));

        await screen.PressAsync("ctrl+plus");
        var settings = stage.Data["parley", "profiles", "default", "settings.json"];
        await Eventually.TrueAsync(
            async () => (await File.ReadAllTextAsync(settings)).Contains("\"fontPercent\": 110", StringComparison.Ordinal), "larger text");
        await screen.TypeAsync("half");
        await screen.PressAsync("ctrl+q");
        Assert.Equal(0, await stage.Desktop.Process.WaitForExitAsync());
        Assert.Contains("\"half\"", await File.ReadAllTextAsync(stage.Data["parley", "profiles", "default", "drafts.json"]), StringComparison.Ordinal);

        string[] Opened() => File.Exists(opened) ? File.ReadAllLines(opened) : [];
    }

    [Fact]
    public async Task Undoing_keeps_its_place_among_the_keys_while_the_page_is_busy()
    {
        await using var stage = await WindowStage.OpenAsync();
        var screen = stage.Screen;
        await stage.LogInAsync();

        using (PageProcess.Pause(stage.Desktop.Process.Id))
        {
            await screen.TypeAsync("again");
            await screen.PressAsync("ctrl+z", "ctrl+shift+z", "dead_acute", "e", "Return");
            await screen.TypeAsync("wrong");
            await screen.PressAsync("ctrl+z", "ctrl+y", "ctrl+z");
            await screen.TypeAsync(TypedWord);
            await screen.PressAsync("Return");
        }

        Assert.Equal("againé", await stage.SaidAsync());
        Assert.Equal(TypedWord, await stage.SaidAsync());
    }

    [Fact]
    public async Task What_was_typed_before_the_end_reaches_a_busy_page_before_it()
    {
        await using var stage = await WindowStage.OpenAsync();
        await stage.LogInAsync();

        using (PageProcess.Pause(stage.Desktop.Process.Id))
        {
            await stage.Screen.TypeAsync("half");
            await stage.Screen.PressAsync("ctrl+q");
            await Eventually.TrueAsync(async () => await stage.Screen.CountAsync("#000000") == VirtualDisplay.Width * VirtualDisplay.Height, "an empty screen");
        }

        Assert.Equal(0, await stage.Desktop.Process.WaitForExitAsync());
        Assert.Contains("\"half\"", await File.ReadAllTextAsync(stage.Data["parley", "profiles", "default", "drafts.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_hangs_does_not_keep_the_program()
    {
        await using var stage = await WindowStage.OpenAsync();
        await stage.LogInAsync();

        using (PageProcess.Pause(stage.Desktop.Process.Id))
        {
            await stage.Screen.PressAsync("ctrl+q");
            Assert.Equal(0, await stage.Desktop.Process.WaitForExitAsync());
        }
    }

    // Closing asks nothing and loses nothing: neither what cannot go out now, nor half a word.
    private static async Task CloseInTheMiddleAsync(WindowStage stage)
    {
        await stage.Server.KillAsync();
        await stage.Screen.TypeAsync("later");
        await stage.Screen.PressAsync("Return");
        await stage.Screen.TypeAsync("half");
        stage.Screen.Close(stage.Window);
        Assert.Equal(0, await stage.Desktop.Process.WaitForExitAsync());
        Assert.Contains("\"half\"", await File.ReadAllTextAsync(stage.Data["parley", "profiles", "default", "drafts.json"]), StringComparison.Ordinal);

        await stage.Server.RestartAsync();
        await using var witness = await RawPeer.ConnectAsync(stage.Server);
        await witness.LogInLevel2Async("bob");
        await using var back = DesktopProcess.Start(stage.Data.Path, "default");
        await witness.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("content") == "later");
    }
}
