using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>A window that fails is replaced by the next best one.</summary>
public sealed class FallbackTests
{
    private const string Accent = "#5865F2";

    [Fact]
    public async Task Where_the_page_dies_again_and_again_a_browser_takes_the_windows_place()
    {
        await using var screen = await VirtualScreen.OpenAsync();
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartBestWindow(data.Path, screen.Display);
        await Eventually.TrueAsync(() => HasGivenUp(desktop, KillPages(desktop.Process.Id)), $"a word about it. {desktop.Process.Describe()}");

        await Eventually.TrueAsync(() => Directory.Exists(data["parley", "profiles", "default", "browser"]), $"a browser with a profile of its own. {desktop.Process.Describe()}");
        await Eventually.TrueAsync(async () => await screen.CountAsync(Accent) > 1_000, $"the login screen in the browser. {desktop.Process.Describe()}");
        desktop.Process.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(0, await desktop.Process.WaitForExitAsync());
    }

    private static bool HasGivenUp(DesktopProcess desktop, int killed) =>
        killed == 0 && desktop.Process.ErrorLines.Any(l => l.Contains("its page ended again and again", StringComparison.Ordinal));

    // Killed while it is being launched, WebKit takes that for a fault of its installation and ends the whole program; a page has more threads than that.
    private const int ThreadsOfPage = 5;

    private static int KillPages(int desktop)
    {
        var killed = 0;
        foreach (var page in Process.GetProcessesByName("WebKitWebProcess"))
        {
            using (page)
            {
                try
                {
                    if (ParentOf(page.Id) != desktop || page.Threads.Count < ThreadsOfPage)
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

    // "1234 (WebKitWebProces) S 1230 ..."
    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has ended in this moment.
        }
    }
}
