namespace Parley.Desktop.Profiles;

/// <summary>
/// Held by the one program that uses a profile. The system gives it back when that program ends, however it ends, so nothing stale is ever left to clear
/// away: the file stays, and means nothing by itself.
/// </summary>
internal sealed class ProfileLock : IDisposable
{
    private readonly FileStream _file;

    private ProfileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null where another program has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The profile's folder may not be written.</exception>
    internal static ProfileLock? TryTake(ProfileFolder folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = folder.File("lock");
        try
        {
            return new ProfileLock(new FileStream(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
