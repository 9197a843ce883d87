using System.Text;
using Parley.Desktop.Profiles;

namespace Parley.Desktop.Installation;

/// <summary>
/// Parley among the user's programs: an entry (freedesktop.org, Desktop Entry Specification 1.5) and its icon, for this user alone. The window and the
/// notifications bear the entry's name, so that a desktop shows them with its icon and under its name.
/// </summary>
internal static class DesktopEntry
{
    private const string Entry = "applications/parley.desktop";

    // Where it comes from, beside the program, and where it goes to.
    private static readonly (string From, string To)[] Icons =
    [
        ("parley.svg", "icons/hicolor/scalable/apps/parley.svg"),
        ("parley.png", "icons/hicolor/256x256/apps/parley.png"),
    ];

    /// <summary>Puts the entry into the user's menu, in place of one that is there.</summary>
    /// <param name="program">The whole path of the program that it starts.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static string Install(string program)
    {
        foreach (var (from, to) in Icons)
            File.Copy(Path.Combine(AppContext.BaseDirectory, from), PathOf(to), overwrite: true);
        var path = PathOf(Entry);
        File.WriteAllText(path, Text(program));
        return path;
    }

    /// <summary>Takes away what <see cref="Install"/> put there.</summary>
    internal static void Remove()
    {
        File.Delete(PathOf(Entry));
        foreach (var (_, to) in Icons)
            File.Delete(PathOf(to));
    }

    /// <summary>The program that runs.</summary>
    internal static string ThisProgram() => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "parley.exe" : "parley");

    /// <summary>The entry's text.</summary>
    internal static string Text(string program) =>
        $"""
        [Desktop Entry]
        Type=Application
        Version=1.5
        Name=Parley
        GenericName=Chat
        Comment=Self-hosted chat for your community
        Comment[de]=Chat für Leute, die ihren eigenen wollen
        Exec={Quote(program)}
        Icon=parley
        Terminal=false
        Categories=Network;InstantMessaging;Chat;
        Keywords=chat;message;talk;
        StartupNotify=true
        StartupWMClass=parley
        SingleMainWindow=true
        X-GNOME-UsesNotifications=true

        """.ReplaceLineEndings("\n");

    // "The Exec key": an argument in double quotes escapes " ` $ and \ by a backslash, % is doubled; and as every string of an entry it escapes \ once more.
    private static string Quote(string program)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in program)
        {
            quoted.Append(c switch
            {
                '\\' => @"\\\\",
                '"' or '`' or '$' => $@"\\{c}",
                '%' => "%%",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string PathOf(string name)
    {
        var path = Path.Combine(ProfileFolder.DataHome(), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
        return path;
    }
}
