using System.Runtime.InteropServices;

namespace Parley.Faults.Chaos;

/// <summary>Signals to processes that this program started.</summary>
internal static partial class Signals
{
    public const int Stop = 19; // SIGSTOP on Linux
    public const int Continue = 18; // SIGCONT on Linux

    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
