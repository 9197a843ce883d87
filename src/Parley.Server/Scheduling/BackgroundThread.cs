using System.Runtime.InteropServices;

namespace Parley.Server.Scheduling;

/// <summary>A thread for long work, of low priority: where the cores are busy, messages go first.</summary>
internal static partial class BackgroundThread
{
    private const int OneProcess = 0;
    private const int Niceness = 10;

    /// <summary>Starts one that does not keep the process alive.</summary>
    public static void Start(string name, Action work) => new Thread(() => RunLow(work)) { Name = name, IsBackground = true }.Start();

    private static void RunLow(Action work)
    {
        // Thread.Priority does nothing on Linux; there, "process 0" is this thread alone (setpriority(2)).
        if (OperatingSystem.IsLinux())
            _ = SetPriority(OneProcess, 0, Niceness);
        work();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
