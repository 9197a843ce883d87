using System.Diagnostics;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A window that nobody uses takes next to nothing.</summary>
public sealed class RestTests
{
    // Some blinks of a caret, which stands for 0.6 s and is gone for as long.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task The_caret_comes_to_rest_and_one_process_serves_the_page()
    {
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartWindow(data.Path, screen.Display);
        await screen.FocusAsync("Parley", desktop.Process);
        await Eventually.TrueAsync(
            async () => await screen.CountAsync(WindowStage.FocusRing) > 200, "the keyboard in the first text box", WindowStage.Patience);

        await Eventually.TrueAsync(() => IsStillAsync(screen), "a screen on which nothing moves", 2 * Deadline.Default);

        using var page = Assert.Single(PageProcess.Of(desktop.Process.Id));
    }

    private static async Task<bool> IsStillAsync(VirtualScreen screen)
    {
        var since = Stopwatch.StartNew();
        var first = await screen.PointsAsync();
        while (since.Elapsed < Still)
        {
            var now = await screen.PointsAsync();
            if (!now.AsSpan().SequenceEqual(first))
                return false;
        }

        return true;
    }
}
