using Parley.Desktop.Installation;

namespace Parley.Desktop.CommandLine;

/// <summary><c>--install-desktop-entry</c> and <c>--remove-desktop-entry</c>: what they say, and the exit code.</summary>
internal static class DesktopEntryCommand
{
    internal static int Install(string? program) => Run(() =>
    {
        var path = DesktopEntry.Install(program is null ? DesktopEntry.ThisProgram() : Path.GetFullPath(program));
        return $"Added Parley to your applications menu: {path} (--remove-desktop-entry removes it).";
    });

    internal static int Remove() => Run(() =>
    {
        DesktopEntry.Remove();
        return "Removed Parley from your applications menu. Profiles and server data were kept.";
    });

    private static int Run(Func<string> change)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("parley: Desktop entries are for Linux desktops.");
            return 1;
        }

        try
        {
            Console.Out.WriteLine(change());
            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"parley: The desktop entry cannot be changed: {refused.Message}");
            return 1;
        }
    }
}
