using System.Text.Json;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A real window: WebKitGTK on a real (virtual) screen, with a keyboard. What it did is seen over the wire, and what it shows in its points.</summary>
public sealed class WindowTests
{
    // Colours of the theme: the button "Log In", the ring of what has the keyboard, and the ground that messages stand on (tokens.css).
    private const string Accent = "#5865F2";
    private const string FocusRing = "#00A8FC";
    private const string Ground = "#313338";

    // No letter twice in a row: on a busy machine X takes the second press for a key that is held, and drops it.
    private const string TypedPassword = "windowseat";
    private const string TypedWord = "aye";
    private const string Link = "#00A8FC";

    // A window starts several processes, and its pictures are drawn and looked at by the processor: on a machine with much else to do that takes its time.
    private static readonly TimeSpan Patience = 3 * Deadline.Default;

    [Fact]
    public async Task A_window_opens_somebody_logs_in_and_a_message_comes_and_goes()
    {
        await using var server = await ServerProcess.StartAsync();
        await using (var early = await RawPeer.ConnectAsync(server))
            await early.RegisterAsync("walter", TypedPassword);
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await using var _ = bob;
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display, DesktopProcess.For(server));

        var window = await LogInAsync(screen, desktop, bob);
        var empty = await screen.CountAsync(Ground);
        await bob.SayAsync(login.ChannelId("general"), string.Join('\n', Enumerable.Repeat("Hello walter, do you see me?", 5)));
        await Eventually.TrueAsync(async () => empty - await screen.CountAsync(Ground) > 1_000, "bob's message on the screen");
        await KeepAsync(screen, "window-message.png");

        // The window is as large as the screen or smaller, and the message box is at its lower edge; the keyboard is there from the start.
        await screen.TypeAsync(TypedWord);
        await screen.PressAsync("Return");
        Assert.Equal(TypedWord, await SaidAsync(screen, bob));

        await using var second = DesktopProcess.StartWindow(data.Path, screen.Display);
        Assert.Equal(0, await second.Process.WaitForExitAsync());
        Assert.Contains(second.Process.OutputLines, l => l.Contains("comes to the front", StringComparison.Ordinal));
        await CloseInTheMiddleAsync(screen, window, desktop, server, data);
    }

    [Fact]
    public async Task A_terminated_desktop_takes_its_window_with_it()
    {
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display);
        await screen.FocusAsync("Parley");

        desktop.Process.Signal(PosixSignalNumber.Terminate);

        await desktop.Process.WaitForExitAsync();
        await Eventually.TrueAsync(async () => await screen.CountAsync("#000000") == VirtualDisplay.Width * VirtualDisplay.Height, "an empty screen");
    }

    [Fact]
    public async Task Keys_and_links_do_in_the_window_what_they_do_in_a_browser_and_no_more()
    {
        await using var server = await ServerProcess.StartAsync();
        await using (var early = await RawPeer.ConnectAsync(server))
            await early.RegisterAsync("walter", TypedPassword);
        var (bob, login) = await server.ConnectLevel2Async("bob");
        await using var _ = bob;
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        var opened = await FakeBrowser.InstallAsync(data);
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display, DesktopProcess.For(server));
        await LogInAsync(screen, desktop, bob);

        // What was typed first is undone, done again, and undone; keys that load anew or go back in a browser do nothing to the rest.
        await screen.TypeAsync("wrong");
        await screen.PressAsync("ctrl+z", "ctrl+y", "ctrl+z");
        await screen.TypeAsync(TypedWord);
        await screen.PressAsync("F5", "ctrl+r", "alt+Left", "Return");
        Assert.Equal(TypedWord, await SaidAsync(screen, bob));
        await screen.TypeAsync("again");
        await screen.PressAsync("ctrl+z", "ctrl+shift+z", "dead_acute", "e", "Return");
        Assert.Equal("againé", await SaidAsync(screen, bob));

        // The keyboard is in the message box, whose ring has another colour.
        await bob.SayAsync(login.ChannelId("general"), "https://example.org/?a=1&b=2;c");
        var link = await Eventually.NotNullAsync(() => screen.FindAsync(Link), "the link");
        await screen.ClickAsync(link);
        await Eventually.TrueAsync(() => Opened().Length == 1, "the link in the browser");
        await screen.ClickAsync(link, button: 2);
        await Eventually.TrueAsync(() => Opened().Length == 2, "the link in the browser, once more");
        Assert.All(Opened(), address => Assert.Equal("https://example.org/?a=1&b=2;c", address));

        await screen.PressAsync("ctrl+plus");
        var settings = data["parley", "profiles", "default", "settings.json"];
        await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync(settings)).Contains("\"fontPercent\": 110", StringComparison.Ordinal), "larger text");
        await screen.TypeAsync("half");
        await screen.PressAsync("ctrl+q");
        Assert.Equal(0, await desktop.Process.WaitForExitAsync());
        Assert.Contains("\"half\"", await File.ReadAllTextAsync(data["parley", "profiles", "default", "drafts.json"]), StringComparison.Ordinal);

        string[] Opened() => File.Exists(opened) ? File.ReadAllLines(opened) : [];
    }

    [Fact]
    public async Task Undoing_keeps_its_place_among_the_keys_while_the_page_is_busy()
    {
        await using var server = await ServerProcess.StartAsync();
        await using (var early = await RawPeer.ConnectAsync(server))
            await early.RegisterAsync("walter", TypedPassword);
        var (bob, _) = await server.ConnectLevel2Async("bob");
        await using var leaving = bob;
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display, DesktopProcess.For(server));
        await LogInAsync(screen, desktop, bob);

        using (PageProcess.Pause(desktop.Process.Id))
        {
            await screen.TypeAsync("again");
            await screen.PressAsync("ctrl+z", "ctrl+shift+z", "dead_acute", "e", "Return");
            await screen.TypeAsync("wrong");
            await screen.PressAsync("ctrl+z", "ctrl+y", "ctrl+z");
            await screen.TypeAsync(TypedWord);
            await screen.PressAsync("Return");
        }

        Assert.Equal("againé", await SaidAsync(screen, bob));
        Assert.Equal(TypedWord, await SaidAsync(screen, bob));
    }

    // Walter comes in by the keyboard; the window is his from then on.
    private static async Task<string> LogInAsync(VirtualScreen screen, DesktopProcess desktop, RawPeer witness)
    {
        // The button is drawn when the page is alive, and not before: the login screen is not prerendered.
        var window = await screen.FocusAsync("Parley");
        await Eventually.TrueAsync(async () => await screen.CountAsync(Accent) > 1_000, $"the login screen. {desktop.Process.Describe()}", Patience);
        await Eventually.TrueAsync(async () => await screen.CountAsync(FocusRing) > 200, "the keyboard in the first text box", Patience);
        await KeepAsync(screen, "window-login.png");
        await screen.TypeAsync("walter");
        await screen.PressAsync("Tab");
        await screen.TypeAsync(TypedPassword);
        await screen.PressAsync("Return");

        await SeeAsync(screen, witness, m => m.Type() == "presence" && m.Items("members").Any(p => p.Text("username") == "walter" && p.Text("status") == "online"));
        await Eventually.TrueAsync(async () => await screen.CountAsync(Ground) > 200_000, $"the chat. {desktop.Process.Describe()}", Patience);
        return window;
    }

    private static async Task<string?> SaidAsync(VirtualScreen screen, RawPeer witness) =>
        (await SeeAsync(screen, witness, m => m.Type() == "event" && m.GetProperty("event").Text("author") == "walter")).GetProperty("event").Text("content");

    // Closing asks nothing and loses nothing: neither what cannot go out now, nor half a word.
    private static async Task CloseInTheMiddleAsync(VirtualScreen screen, string window, DesktopProcess desktop, ServerProcess server, TempFolder data)
    {
        await server.KillAsync();
        await screen.TypeAsync("later");
        await screen.PressAsync("Return");
        await screen.TypeAsync("half");
        screen.Close(window);
        Assert.Equal(0, await desktop.Process.WaitForExitAsync());
        Assert.Contains("\"half\"", await File.ReadAllTextAsync(data["parley", "profiles", "default", "drafts.json"]), StringComparison.Ordinal);

        await server.RestartAsync();
        await using var witness = await RawPeer.ConnectAsync(server);
        await witness.LogInLevel2Async("bob");
        await using var back = DesktopProcess.Start(data.Path, "default");
        await witness.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Text("content") == "later");
    }

    // What the window did, over the wire; a picture of it, where it did nothing.
    private static async Task<JsonElement> SeeAsync(VirtualScreen screen, RawPeer witness, Func<JsonElement, bool> expected)
    {
        try
        {
            return (await witness.CollectUntilAsync(expected, Patience))[^1];
        }
        catch (TimeoutException)
        {
            await KeepAsync(screen, "window-failed.png");
            throw;
        }
    }

    private static async Task KeepAsync(VirtualScreen screen, string name)
    {
        var folder = Repository.PathOf("artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await screen.PhotographAsync(Path.Combine(folder, name));
    }
}
