namespace Parley.Desktop.Profiles;

/// <summary>The folder of one profile: everything that the desktop remembers. Nobody but its owner can look into it.</summary>
internal sealed class ProfileFolder
{
    internal const string DefaultName = "default";

    private const int MaxNameLength = 32;

    private ProfileFolder(string path) => Path = path;

    internal string Path { get; }

    /// <summary>Opens the profile's folder and makes it where there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal static ProfileFolder Open(string name)
    {
        var path = System.IO.Path.Combine(DataHome(), "parley", "profiles", name);
        MakePrivate(path);
        return new ProfileFolder(path);
    }

    /// <summary>A folder that is there already.</summary>
    internal static ProfileFolder At(string path) => new(path);

    /// <summary>Whether <paramref name="name"/> may name a profile; it becomes the name of a folder.</summary>
    internal static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder in it, which is made where there is none.</summary>
    internal string Folder(string name)
    {
        MakePrivate(File(name));
        return File(name);
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Where a user's programs keep their data: <c>${XDG_DATA_HOME:-~/.local/share}</c> (the specification says that a relative path there is to be ignored),
    /// and on Windows and macOS the system's own folder.
    /// </summary>
    internal static string DataHome()
    {
        var xdg = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return !string.IsNullOrEmpty(xdg) && System.IO.Path.IsPathRooted(xdg)
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
    }
}
