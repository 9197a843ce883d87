using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A display of its own with a keyboard and a mouse (xdotool) and a camera (ImageMagick's import).</summary>
internal sealed partial class VirtualScreen : IAsyncDisposable
{
    private readonly VirtualDisplay _display;

    private VirtualScreen(VirtualDisplay display) => _display = display;

    /// <inheritdoc cref="VirtualDisplay.Name"/>
    public string Display => _display.Name;

    public static async Task<VirtualScreen> OpenAsync() => new(await VirtualDisplay.StartAsync());

    /// <summary>Waits for a window with this text in its title, and gives it the keyboard (no window manager does, here).</summary>
    public async Task<string> FocusAsync(string title)
    {
        var id = await Eventually.NotNullAsync(
            async () => (await TryAsync("xdotool", "search", "--onlyvisible", "--name", title)).Split('\n').LastOrDefault(l => l.Length > 0), $"a window called {title}");
        await RunAsync("xdotool", "windowfocus", "--sync", id);
        return id;
    }

    public Task TypeAsync(string text) => RunAsync("xdotool", "type", "--delay", "60", text);

    public Task PressAsync(params string[] keys) => RunAsync("xdotool", ["key", "--delay", "20", .. keys]);

    /// <summary>Presses a button of the mouse: 1 is the left one, 2 the middle one, 3 the right one.</summary>
    public Task ClickAsync(ScreenPoint at, int button = 1) => RunAsync(
        "xdotool", "mousemove", at.X.ToString(CultureInfo.InvariantCulture), at.Y.ToString(CultureInfo.InvariantCulture), "click", button.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a colour is: the point in the middle of those in reading order; null where it is nowhere.</summary>
    public async Task<ScreenPoint?> FindAsync(string colour)
    {
        using var folder = new TempFolder();
        await PhotographAsync(folder["screen.png"]);
        var listed = await RunAsync("convert", folder["screen.png"], "-depth", "8", "-alpha", "off", "-fill", "black", "+opaque", colour, "-transparent", "black", "sparse-color:-");
        var points = SparsePoint().Matches(listed);
        return points.Count == 0 ? null : new ScreenPoint(Read(points[points.Count / 2], "x"), Read(points[points.Count / 2], "y"));

        static int Read(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks a window to close, as its frame's cross does.</summary>
    public void Close(string window) => WindowCross.Press(Display, window);

    /// <summary>Takes a picture of the whole screen.</summary>
    public Task PhotographAsync(string file) => RunAsync("import", "-window", "root", file);

    /// <summary>How many points of the screen have this colour.</summary>
    public async Task<int> CountAsync(string colour)
    {
        using var folder = new TempFolder();
        await PhotographAsync(folder["screen.png"]);
        var histogram = await RunAsync("convert", folder["screen.png"], "-depth", "8", "-alpha", "off", "-format", "%c", "histogram:info:-");
        return HistogramLine().Matches(histogram)
            .Where(m => m.Groups["colour"].Value.Equals(colour, StringComparison.OrdinalIgnoreCase))
            .Sum(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => _display.DisposeAsync();

    private async Task<string> RunAsync(string tool, params string[] args)
    {
        var (exitCode, output, all) = await ExecuteAsync(tool, args);
        return exitCode == 0 ? output : throw new InvalidOperationException(all);
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

    // "     12345: (30,31,34) #1E1F22 srgb(30,31,34)"
    [GeneratedRegex(@"^\s*(?<count>\d+): .*?(?<colour>#[0-9A-Fa-f]{6})\b", RegexOptions.Multiline)]
    private static partial Regex HistogramLine();

    // "12,345,srgba(0,168,252,1) 13,345,..."
    [GeneratedRegex(@"(?<x>\d+),(?<y>\d+),s?rgb")]
    private static partial Regex SparsePoint();
}

/// <summary>A point of a screen, from its upper left corner.</summary>
internal sealed record ScreenPoint(int X, int Y);
