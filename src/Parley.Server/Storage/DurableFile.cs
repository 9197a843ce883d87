using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Parley.Server.Storage;

/// <summary>What .NET has no word for: second names, owners, and the sync of a folder, without which a rename may be undone by a power cut.</summary>
internal static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Syncs a file's bytes to disk.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Syncs a folder's names to disk; nothing on Windows, whose file systems keep a journal of them.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static void SyncFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw Failed(folder);
        var result = Fsync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
            throw Failed(folder, error);
    }

    /// <summary>Keeps a file under a second name: the same file where the file system can do that, else a copy.</summary>
    /// <exception cref="IOException">It failed, or there is a file of that name.</exception>
    public static void Keep(string path, string second)
    {
        if (!OperatingSystem.IsWindows() && Link(path, second) == 0)
            return;
        File.Copy(path, second, overwrite: false);
        Sync(second);
    }

    /// <summary>Gives a file to somebody.</summary>
    /// <exception cref="IOException">This user may not.</exception>
    [UnsupportedOSPlatform("windows")]
    public static void Give(string path, uint user, uint group)
    {
        if (ChangeOwner(path, user, group) != 0)
            throw Failed(path);
    }

    private static IOException Failed(string path, int? error = null) =>
        new($"{path}: {Marshal.GetPInvokeErrorMessage(error ?? Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string second);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
