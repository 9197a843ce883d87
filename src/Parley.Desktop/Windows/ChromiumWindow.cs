using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>An installed browser of the Chromium family in app mode, with a browser profile of its own.</summary>
internal sealed partial class ChromiumWindow : IAppWindow, IDisposable
{
    private static readonly string[] UnixNames =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge", "brave-browser", "vivaldi-stable"];

    // A browser that ends sooner, and not well, has shown nothing.
    private static readonly TimeSpan FirstMoment = TimeSpan.FromSeconds(10);

    private readonly Func<Uri> _address;
    private readonly WindowSize _size;
    private readonly string _profile;
    private readonly Process _browser;
    private volatile bool _isClosing;

    private ChromiumWindow(Func<Uri> address, WindowSize size, string profile, Process browser)
    {
        (_address, _size, _profile, _browser) = (address, size, profile, browser);
        Ended = EndAsync();
    }

    public Task<WindowEnd> Ended { get; }

    /// <summary>Opens the window; null where there is no such browser or no display.</summary>
    internal static async Task<ChromiumWindow?> TryOpenAsync(Func<Uri> address, WindowSize size, string browserProfile)
    {
        await EndLeftOverAsync(browserProfile);
        var usable = size.AtLeast(WindowSize.Smallest);
        return TryStart(address(), usable, browserProfile) is { } browser ? new ChromiumWindow(address, usable, browserProfile, browser) : null;
    }

    // The browser that runs opens one more window; it has no word for bringing up the one that there is.
    public bool BringUp(string? startupId)
    {
        TryStart(_address(), _size, _profile)?.Dispose();
        return true;
    }

    public void Close()
    {
        _isClosing = true;
        if (_browser.HasExited)
            return;
        // SIGTERM lets the browser put its profile in order; Windows has no such word for a process without a console.
        if (OperatingSystem.IsWindows())
            _browser.CloseMainWindow();
        else
            _ = Signal(_browser.Id, Terminate);
    }

    public void Dispose() => _browser.Dispose();

    private async Task<WindowEnd> EndAsync()
    {
        var started = Stopwatch.StartNew();
        await _browser.WaitForExitAsync(CancellationToken.None);
        if (_browser.ExitCode == 0 || _isClosing || started.Elapsed > FirstMoment)
            return WindowEnd.Closed;
        await Console.Error.WriteLineAsync($"parley: {_browser.StartInfo.FileName} ended at once (exit code {_browser.ExitCode}).");
        return WindowEnd.GaveUp;
    }

    private static Process? TryStart(Uri address, WindowSize size, string browserProfile)
    {
        if (FindBrowser() is not { } program)
            return null;
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments(address, size, browserProfile))
            start.ArgumentList.Add(argument);
        try
        {
            var browser = Process.Start(start);
            if (browser is null)
                return null;
            // Its chatter is not ours; nobody would read it, and a full pipe would stop it.
            browser.OutputDataReceived += (_, _) => { };
            browser.ErrorDataReceived += (_, _) => { };
            browser.BeginOutputReadLine();
            browser.BeginErrorReadLine();
            return browser;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    // A browser outlives a Parley that was killed, and would take the new address as one more window of its own. Who holds the profile's lock may end it:
    // nobody else uses this folder. "SingletonLock" is a link to HOST-PID.
    private static async Task EndLeftOverAsync(string browserProfile)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(Path.Combine(browserProfile, "SingletonLock")).LinkTarget is not { } owner)
            return;
        if (!owner.StartsWith(Environment.MachineName + "-", StringComparison.Ordinal) || !int.TryParse(owner.AsSpan(owner.LastIndexOf('-') + 1), out var id))
            return;
        try
        {
            using var left = Process.GetProcessById(id);
            if (!left.ProcessName.Contains("chrom", StringComparison.OrdinalIgnoreCase)
                && !left.ProcessName.Contains("edge", StringComparison.OrdinalIgnoreCase))
                return;
            _ = Signal(id, Terminate);
            using var patience = new CancellationTokenSource(FirstMoment);
            await left.WaitForExitAsync(patience.Token);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            // It has ended already, or does not listen.
        }
    }

    private const int Terminate = 15;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    private static IEnumerable<string> Arguments(Uri address, WindowSize size, string browserProfile)
    {
        // Other users of this machine can read these arguments; the token in the address is good for one use, and the browser uses it at once.
        yield return $"--app={address.AbsoluteUri}";
        yield return $"--user-data-dir={browserProfile}";
        yield return $"--window-size={size.Width},{size.Height}";
        yield return "--class=parley";
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-sync";
        yield return "--disable-extensions";
        // Chromium does not start as root with its sandbox, and a container's only user is root.
        if (OperatingSystem.IsLinux() && EffectiveUser() == 0)
            yield return "--no-sandbox";
    }

    private static string? FindBrowser()
    {
        if (OperatingSystem.IsWindows())
            return WindowsPaths().FirstOrDefault(File.Exists);
        if (OperatingSystem.IsMacOS())
            return MacPaths().FirstOrDefault(File.Exists);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return UnixNames.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> MacPaths() =>
        from name in (string[])["Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser"]
        select $"/Applications/{name}.app/Contents/MacOS/{name}";

    private static IEnumerable<string> WindowsPaths() =>
        from program in (string[])[@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe", @"Chromium\Application\chrome.exe"]
        from folder in (Environment.SpecialFolder[])
            [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData]
        select Path.Combine(Environment.GetFolderPath(folder), program);
}
