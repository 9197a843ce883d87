using System.ComponentModel;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A window that fails is replaced by the next best one.</summary>
public sealed class FallbackTests
{
    [Fact]
    public Task Where_the_page_dies_again_and_again_a_browser_takes_the_windows_place() => FallBackAsync(ThreadsOfPage, "its page ended again and again");

    // WebKit takes that for a fault of its installation, and calls it fatal.
    [Fact]
    public Task Where_the_page_dies_before_it_is_launched_a_browser_takes_the_windows_place() => FallBackAsync(threads: 0, "is given up");

    private static async Task FallBackAsync(int threads, string why)
    {
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartBestWindow(data.Path, screen.Display);
        await Eventually.TrueAsync(
            () => HasGivenUp(desktop, KillPages(desktop.Process.Id, threads), why), "a word about it", describe: desktop.Process.Describe);

        await Eventually.TrueAsync(
            () => Directory.Exists(data["parley", "profiles", "default", "browser"]), "a browser with a profile of its own",
            describe: desktop.Process.Describe);
        await Eventually.TrueAsync(
            async () => await screen.CountAsync(WindowStage.Accent) > 1_000, "the login screen in the browser", describe: desktop.Process.Describe);
        desktop.Process.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(0, await desktop.Process.WaitForExitAsync());
    }

    private static bool HasGivenUp(DesktopProcess desktop, int killed, string why) =>
        killed == 0 && desktop.Process.ErrorLines.Any(l => l.Contains(why, StringComparison.Ordinal));

    // While it is being launched, a page has fewer.
    private const int ThreadsOfPage = 5;

    private static int KillPages(int desktop, int threads)
    {
        var killed = 0;
        foreach (var page in PageProcess.Of(desktop))
        {
            using (page)
            {
                try
                {
                    if (page.Threads.Count < threads)
                        continue;
                    page.Kill();
                    killed++;
                }
                catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
                {
                    // It has ended in this moment.
                }
            }
        }

        return killed;
    }
}
