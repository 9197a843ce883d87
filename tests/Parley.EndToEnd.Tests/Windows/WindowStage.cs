using System.Text.Json;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A server, a window on a screen of its own with walter in front of it, and bob, who sees over the wire what walter does.</summary>
internal sealed class WindowStage : IAsyncDisposable
{
    // Colours of the theme: the button "Log In", the ring of what has the keyboard, and the ground that messages stand on (tokens.css).
    internal const string Accent = "#5865F2";
    internal const string FocusRing = "#00A8FC";
    internal const string Ground = "#313338";

    // No letter twice in a row: on a busy machine X takes the second press for a key that is held, and drops it.
    private const string TypedPassword = "windowseat";

    private WindowStage(ServerProcess server, RawPeer bob, Level2Login login, VirtualScreen screen, TempFolder data, DesktopProcess desktop) =>
        (Server, Bob, Login, Screen, Data, Desktop) = (server, bob, login, screen, data, desktop);

    /// <summary>
    /// A window starts several processes, and its pictures are drawn and looked at by the processor: on a machine with much else to do that takes its time.
    /// </summary>
    internal static TimeSpan Patience { get; } = 2 * Deadline.Default;

    internal ServerProcess Server { get; }

    internal RawPeer Bob { get; }

    /// <summary>What bob heard at his login.</summary>
    internal Level2Login Login { get; }

    internal VirtualScreen Screen { get; }

    internal TempFolder Data { get; }

    internal DesktopProcess Desktop { get; }

    /// <summary>The window's id, once walter is in.</summary>
    internal string Window { get; private set; } = "";

    /// <summary>Starts all of it; the window shows the login screen sooner or later.</summary>
    /// <param name="prepare">What is done to the desktop's data before it starts.</param>
    internal static async Task<WindowStage> OpenAsync(Func<TempFolder, Task>? prepare = null)
    {
        var server = await ServerProcess.StartAsync();
        await using (var early = await RawPeer.ConnectAsync(server))
            await early.RegisterAsync("walter", TypedPassword);
        var (bob, login) = await server.ConnectLevel2Async("bob");
        var screen = await VirtualScreen.OpenAsync();
        var data = new TempFolder();
        if (prepare is not null)
            await prepare(data);
        return new WindowStage(server, bob, login, screen, data, DesktopProcess.StartWindow(data.Path, screen.Display, DesktopProcess.For(server)));
    }

    /// <summary>Walter comes in by the keyboard; the window is his from then on.</summary>
    internal async Task LogInAsync()
    {
        // The button is drawn when the page is alive, and not before: the login screen is not prerendered.
        Window = await Screen.FocusAsync("Parley", Desktop.Process);
        await Eventually.TrueAsync(async () => await Screen.CountAsync(Accent) > 1_000, "the login screen", Patience, Desktop.Process.Describe);
        await Eventually.TrueAsync(
            async () => await Screen.CountAsync(FocusRing) > 200, "the keyboard in the first text box", Patience, Desktop.Process.Describe);
        await KeepAsync("window-login.png");
        await Screen.TypeAsync("walter");
        await Screen.PressAsync("Tab");
        await Screen.TypeAsync(TypedPassword);
        // Past "Register", which stands first where nobody has logged in yet.
        await Screen.PressAsync("Tab");
        await Screen.PressAsync("Tab");
        await Screen.PressAsync("Return");

        await SeeAsync(m => m.Type() == "presence" && m.Items("members").Any(p => p.Text("username") == "walter" && p.Text("status") == "online"));
        await Eventually.TrueAsync(async () => await Screen.CountAsync(Ground) > 200_000, "the chat", Patience, Desktop.Process.Describe);
    }

    /// <summary>What walter said next.</summary>
    internal async Task<string?> SaidAsync() =>
        (await SeeAsync(m => m.Type() == "event" && m.GetProperty("event").Text("author") == "walter")).GetProperty("event").Text("content");

    /// <summary>Keeps a picture of the screen.</summary>
    internal async Task KeepAsync(string name)
    {
        var folder = Repository.PathOf("artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await Screen.PhotographAsync(Path.Combine(folder, name));
    }

    public async ValueTask DisposeAsync()
    {
        await Desktop.DisposeAsync();
        Data.Dispose();
        await Screen.DisposeAsync();
        await Bob.DisposeAsync();
        await Server.DisposeAsync();
    }

    // What the window did, over the wire; a picture of it, where it did nothing.
    private async Task<JsonElement> SeeAsync(Func<JsonElement, bool> expected)
    {
        try
        {
            return (await Bob.CollectUntilAsync(expected, Patience))[^1];
        }
        catch (TimeoutException)
        {
            await KeepAsync("window-failed.png");
            throw;
        }
    }
}
