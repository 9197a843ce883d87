using System.Runtime.InteropServices;

namespace Parley.Desktop.Hosting;

/// <summary>The heap of the C library, which the runtime, its compiler and the window's libraries use.</summary>
internal static partial class NativeHeap
{
    private const int ArenaMax = -8; // M_ARENA_MAX

    /// <summary>
    /// Has all threads share one heap. glibc would give eight to a processor, each of which keeps what was free in it, and this program's threads
    /// hardly ever meet there. To be called before there are many.
    /// </summary>
    internal static void ShareOne()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(ArenaMax, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library (musl) has one heap anyway.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
