using System.Globalization;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A display of its own with a keyboard and a mouse (xdotool) and a camera (ImageMagick's import).</summary>
internal sealed class VirtualScreen : IAsyncDisposable
{
    private readonly VirtualDisplay _display;

    private VirtualScreen(VirtualDisplay display) => _display = display;

    /// <inheritdoc cref="VirtualDisplay.Name"/>
    public string Display => _display.Name;

    public static async Task<VirtualScreen> OpenAsync()
    {
        var screen = new VirtualScreen(await VirtualDisplay.StartAsync());
        // A keyboard with dead keys: without them a key is remade for each press of one, of which a program may hear too late.
        await screen.RunAsync("setxkbmap", "-layout", "us", "-variant", "intl");
        return screen;
    }

    /// <summary>Waits for a window with this text in its title, and gives it the keyboard (no window manager does, here).</summary>
    /// <param name="title">The text.</param>
    /// <param name="owner">Opens it.</param>
    public async Task<string> FocusAsync(string title, ChildProcess owner)
    {
        var id = await Eventually.NotNullAsync(
            async () =>
                (await TryAsync("xdotool", "search", "--onlyvisible", "--name", title)).Split('\n')
                    .LastOrDefault(l => l.Length > 0), $"a window called {title}", WindowStage.Patience, owner.Describe);
        await RunAsync("xdotool", "windowfocus", "--sync", id);
        return id;
    }

    public Task TypeAsync(string text) => RunAsync("xdotool", "type", "--delay", "60", text);

    public Task PressAsync(params string[] keys) => RunAsync("xdotool", ["key", "--delay", "20", .. keys]);

    /// <summary>Presses a button of the mouse: 1 is the left one, 2 the middle one, 3 the right one.</summary>
    public Task ClickAsync(ScreenPoint at, int button = 1) => RunAsync(
        "xdotool", "mousemove", at.X.ToString(CultureInfo.InvariantCulture), at.Y.ToString(CultureInfo.InvariantCulture), "click",
        button.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a colour ("#1E1F22") is: the point in the middle of those in reading order; null where it is nowhere.</summary>
    public async Task<ScreenPoint?> FindAsync(string colour)
    {
        var places = await PlacesOfAsync(colour);
        return places.Count == 0 ? null : new ScreenPoint(places[places.Count / 2] % VirtualDisplay.Width, places[places.Count / 2] / VirtualDisplay.Width);
    }

    /// <summary>Asks a window to close, as its frame's cross does.</summary>
    public void Close(string window) => WindowCross.Press(Display, window);

    /// <summary>Takes a picture of the whole screen.</summary>
    public Task PhotographAsync(string file) => RunAsync("import", "-window", "root", file);

    /// <summary>How many points of the screen have this colour.</summary>
    public async Task<int> CountAsync(string colour) => (await PlacesOfAsync(colour)).Count;

    /// <summary>All points of the screen in reading order, three bytes each.</summary>
    public async Task<byte[]> PointsAsync()
    {
        // As they are: a picture would have to be packed and unpacked.
        using var folder = new TempFolder();
        await RunAsync("import", "-window", "root", "-depth", "8", $"rgb:{folder["screen"]}");
        return await File.ReadAllBytesAsync(folder["screen"]);
    }

    public ValueTask DisposeAsync() => _display.DisposeAsync();

    private async Task RunAsync(string tool, params string[] args)
    {
        var (exitCode, _, all) = await ExecuteAsync(tool, args);
        if (exitCode != 0)
            throw new InvalidOperationException(all);
    }

    private async Task<string> TryAsync(string tool, params string[] args)
    {
        var (exitCode, output, _) = await ExecuteAsync(tool, args);
        return exitCode == 0 ? output : "";
    }

    private async Task<(int ExitCode, string Output, string All)> ExecuteAsync(string tool, string[] args)
    {
        await using var process = ChildProcess.Start(tool, args, Path.GetTempPath(), new Dictionary<string, string?> { ["DISPLAY"] = Display });
        var exitCode = await process.WaitForExitAsync();
        return (exitCode, string.Join('\n', process.OutputLines), process.Describe());
    }

    // In reading order, counted from the upper left corner.
    private async Task<List<int>> PlacesOfAsync(string colour)
    {
        var wanted = Convert.FromHexString(colour.AsSpan(1));
        var points = await PointsAsync();
        return [.. Enumerable.Range(0, points.Length / wanted.Length).Where(i => points.AsSpan(i * wanted.Length, wanted.Length).SequenceEqual(wanted))];
    }
}

/// <summary>A point of a screen, from its upper left corner.</summary>
internal sealed record ScreenPoint(int X, int Y);
