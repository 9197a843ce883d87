namespace Parley.Server.Storage;

/// <summary>Files that hold what people said: readable and writable by their owner alone.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Makes an empty one.</summary>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }
}
