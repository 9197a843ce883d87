using System.Diagnostics;

namespace Parley.Faults.Chaos;

/// <summary>A file system of its own for the database (tmpfs, which only root may mount), so that a disk can be full without filling anybody's.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Size = "256m";
    private readonly string _ballast;

    private SmallDisk(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
    }

    public string Folder { get; }

    /// <summary>Mounts it; null where that is not allowed here.</summary>
    public static SmallDisk? TryMount(string folder)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        foreach (var size in new[] { 1024 * 1024, 4096 })
        {
            var zeros = new byte[size];
            try
            {
                while (true)
                    file.Write(zeros);
            }
            catch (IOException)
            {
                // Full, which is what it was to be.
            }
        }
    }

    public void Release() => File.Delete(_ballast);

    public void Dispose() => Run("umount", "-l", Folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
