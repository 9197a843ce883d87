using System.Runtime.InteropServices;

namespace Parley.Server.Transport;

/// <summary>
/// Many sends that do not wait, each of its own bytes to its own socket. All of them have ended when <see cref="Submit"/> returns, so nothing is ever
/// under way behind our back. Used by one thread at a time.
/// </summary>
internal abstract class SendBatch : IDisposable
{
    /// <summary>The most sends in one batch.</summary>
    public const int Entries = 256;

    /// <summary>The result of a send for which the kernel had no space, as a negative error number.</summary>
    public const int WouldBlock = -11;

    /// <summary>By one system call where the system has a ring, else by one for each; null where a socket's descriptor cannot be sent to directly.</summary>
    public static SendBatch? TryCreate() => (SendBatch?)LinuxRing.TryCreate() ?? (OperatingSystem.IsLinux() ? new LinuxSendBatch() : null);

    /// <summary>
    /// Adds a send; there must be fewer than <see cref="Entries"/>. Bytes and descriptor have to stay as they are until <see cref="Submit"/> has
    /// returned.
    /// </summary>
    public abstract void Add(int descriptor, nint bytes, int length);

    /// <summary>Sends all that was added.</summary>
    /// <returns>What came of each, in the order in which they were added: how many bytes the kernel took, or a negative error number.</returns>
    public abstract ReadOnlySpan<int> Submit();

    public abstract void Dispose();
}

/// <summary>The same by a <c>send</c> for each: where the system has no ring (send(2)).</summary>
internal sealed partial class LinuxSendBatch : SendBatch
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;

    private readonly (int Descriptor, nint Bytes, int Length)[] _added = new (int, nint, int)[Entries];
    private readonly int[] _results = new int[Entries];
    private int _count;

    public override void Add(int descriptor, nint bytes, int length) => _added[_count++] = (descriptor, bytes, length);

    public override ReadOnlySpan<int> Submit()
    {
        for (var i = 0; i < _count; i++)
            _results[i] = Send(_added[i].Descriptor, _added[i].Bytes, _added[i].Length);
        _count = 0;
        return _results;
    }

    public override void Dispose()
    {
        // It holds nothing of the system's.
    }

    private static int Send(int descriptor, nint bytes, int length)
    {
        while (true)
        {
            var sent = Send(descriptor, bytes, length, DontWait | NoSignal);
            if (sent >= 0)
                return (int)sent;
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                return -error;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, nint bytes, nint length, int flags);
}
